// A contract in the real editor: underlined while it is written, run, its failing checks underlined.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openFile } from './open-file';
import { SeededProject } from './seeded-project';
import { sharedWindow } from './shared-window';

const contract = `apiVersion: v3.1.0
kind: DataContract
id: flights
version: 1.0.0
status: active
schema:
  - name: flights
    physicalName: data/flights.csv
    properties:
      - name: delay
        logicalType: integer
        logicalTypeOptions: { minimum: 0, maximum: 90 }
        quality:
          - metric: nullValues
            mustBeLessThan: 1
            unit: percent
            severity: warning
      - name: carrier
        quality:
          - metric: invalidValues
            arguments: { validValues: [AA, DL] }
            mustBe: 0
`;

function project(): SeededProject {
  const made = SeededProject.create(() => undefined);
  mkdirSync(join(made.root, 'data'));
  const rows = Array.from({ length: 1000 }, (_, row) =>
    [row % 20 === 0 ? '' : row % 100, row % 50 === 0 ? 'ZZ' : ['AA', 'DL'][row % 2]].join(','),
  );
  writeFileSync(join(made.root, 'data/flights.csv'), `delay,carrier\n${rows.join('\n')}\n`);
  writeFileSync(join(made.root, 'flights.odcs.yaml'), contract);
  return made;
}

const squiggles = (editor: Editor, kind: 'error' | 'warning'): number | Promise<number> =>
  editor.page.locator(`.cdr.squiggly-${kind}`).count();

/** VS Code draws remembered lenses before it has them again, and a click on one of those does nothing. */
async function checkNow(editor: Editor): Promise<void> {
  const said = editor.page.getByText(/2 of 5 checks fail; 1 warning · just now/);
  const ask = editor.page.getByText('Check Now', { exact: true });
  for (const deadline = Date.now() + 90_000; ; ) {
    try {
      await ask.click();
      await said.waitFor();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Asks what can be done at the end of a line; what is underlined there may be known to the editor a moment later. */
async function choose(editor: Editor, line: string, fix: string): Promise<void> {
  const found = editor.page.locator('.action-widget .action', { hasText: fix });
  for (const deadline = Date.now() + 60_000; ; ) {
    try {
      await editor.page.locator('.view-line', { hasText: line }).click();
      for (const key of ['End', 'ArrowLeft', 'ArrowLeft', 'Control+.']) await editor.page.keyboard.press(key);
      await found.click({ timeout: 8000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await editor.page.keyboard.press('Escape');
    }
  }
}

describe('a contract in the editor', () => {
  const shared = sharedWindow(project, () => ({ size: { width: 1400, height: 900 } }));

  it('is run, and underlines what fails', async () => {
    const { editor } = shared;
    await openFile(editor, 'flights.odcs.yaml');
    await checkNow(editor);
    await expect.poll(() => squiggles(editor, 'error')).toBe(2);
    expect(await squiggles(editor, 'warning')).toBe(1);
    await editor.screenshot('contract-checked');
  });

  it('is underlined while it is written', async () => {
    const { editor } = shared;
    await openFile(editor, 'flights.odcs.yaml');
    await editor.page.getByText('Check Now', { exact: true }).waitFor();
    await editor.page.locator('.view-line', { hasText: 'nullValues' }).click();
    await editor.page.keyboard.press('End');
    await editor.page.keyboard.type('x', { delay: 80 });
    await expect.poll(() => squiggles(editor, 'error'), { timeout: 10_000 }).toBeGreaterThan(0);
    await editor.runCommand('File: Revert File');
  });

  it('allows what the data have after one look at the change, and is run again', async () => {
    const { editor, project } = shared;
    const file = join(project.root, 'flights.odcs.yaml');
    await openFile(editor, 'flights.odcs.yaml');
    await checkNow(editor);
    const propose = async (): Promise<void> => {
      await expect.poll(() => squiggles(editor, 'error')).toBe(2);
      await choose(editor, 'logicalTypeOptions', 'Accept the New Range');
      await editor.page.locator('.tab.active', { hasText: 'accept the new range?' }).waitFor();
      await editor.page.locator('.editor.modified .view-line', { hasText: /maximum:\s99/ }).waitFor();
    };
    await propose();
    await editor.page.getByRole('button', { name: 'Accept Change' }).waitFor();
    await editor.screenshot('contract-change');
    await editor.page.getByRole('button', { name: 'Discard Change' }).click();
    await editor.page.locator('.tab', { hasText: 'accept the new range?' }).waitFor({ state: 'detached' });
    expect(readFileSync(file, 'utf8')).toBe(contract);
    await propose();
    await editor.page.getByRole('button', { name: 'Accept Change' }).click();
    await editor.page.getByText(/1 of 5 checks fails; 1 warning · just now/).waitFor();
    expect(readFileSync(file, 'utf8')).toBe(contract.replace('maximum: 90', 'maximum: 99'));
    await expect.poll(() => squiggles(editor, 'error')).toBe(1);
    await editor.page.locator('.tab', { hasText: 'accept the new range?' }).waitFor({ state: 'detached' });
  });

  it('completes metrics and columns, and says what a key means', async () => {
    const { editor } = shared;
    await openFile(editor, 'flights.odcs.yaml');
    await editor.page.locator('.view-line', { hasText: 'invalidValues' }).click();
    await editor.page.keyboard.press('End');
    for (let at = 0; at < 'invalidValues'.length; at += 1) await editor.page.keyboard.press('Backspace');
    await editor.page.keyboard.press('Control+Space');
    const list = editor.page.locator('.suggest-widget');
    await list.getByText('duplicateValues').waitFor();
    await editor.screenshot('contract-completion');
    await list.getByText('duplicateValues').click();
    await editor.page.locator('.view-line', { hasText: 'duplicateValues' }).waitFor();
    await editor.page.locator('.view-line', { hasText: 'carrier' }).click();
    await editor.page.keyboard.press('End');
    for (let at = 0; at < 'carrier'.length; at += 1) await editor.page.keyboard.press('Backspace');
    await editor.page.keyboard.press('Control+Space');
    await list.getByText('delay').waitFor();
    await editor.page.keyboard.press('Escape');
    await editor.page.locator('.view-line span', { hasText: 'logicalTypeOptions' }).last().hover();
    await editor.page.locator('.monaco-hover', { hasText: 'logicalTypeOptions:' }).waitFor();
    await editor.screenshot('contract-hover');
    await editor.page.locator('.view-line', { hasText: 'duplicateValues' }).click();
    await editor.page.keyboard.press('End');
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.press('Control+Space');
    await list.getByText('mustBeLessThan', { exact: true }).waitFor();
    await editor.screenshot('contract-completion-below');
    await editor.page.keyboard.press('Escape');
    await editor.runCommand('File: Revert File');
  });
});
