// A contract in the real editor: written with help, run, its failing checks underlined, their rows shown, the new range
// accepted after a look at it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Editor, Editor as RealEditor } from './harness';
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

const squiggles = (editor: RealEditor, kind: 'error' | 'warning'): number | Promise<number> =>
  editor.page.locator(`.cdr.squiggly-${kind}`).count();

/** Puts the cursor on a line. */
async function goTo(editor: Editor, place: string): Promise<void> {
  await editor.page.keyboard.press('Control+g');
  await editor.answerInput(place);
}

describe('a contract in the editor', () => {
  const shared = sharedWindow(project, () => ({ size: { width: 1400, height: 900 } }));

  it('is run, underlines what fails, shows the bad rows, and takes the new range after a look', async () => {
    const { editor, project: folder } = shared;
    await openFile(editor, 'flights.odcs.yaml');
    await editor.page.getByText('Check Now', { exact: true }).click({ timeout: 30_000 });
    await editor.page.getByText(/2 of 5 checks fail; 1 warning · just now/).waitFor({ timeout: 60_000 });
    await expect.poll(() => squiggles(editor, 'error')).toBe(2);
    expect(await squiggles(editor, 'warning')).toBe(1);
    await editor.screenshot('contract-checked');
    await goTo(editor, '12:35');
    await editor.page.keyboard.press('Control+.');
    await editor.page.getByText('Show the Bad Rows').waitFor();
    await editor.screenshot('contract-fixes');
    await editor.page.getByText('Show the Bad Rows').click();
    await editor.page.locator('.tab', { hasText: 'bad rows' }).waitFor();
    await editor.page.getByText('90 rows that break the check').waitFor({ timeout: 20_000 });
    await editor.screenshot('contract-bad-rows');
    await editor.page.locator('.tab', { hasText: 'flights.odcs.yaml' }).click();
    await goTo(editor, '12:35');
    await editor.page.keyboard.press('Control+.');
    await editor.page.getByText('Accept the New Range…').click();
    await editor.page.getByText('Refactor Preview').first().waitFor({ timeout: 20_000 });
    expect(readFileSync(join(folder.root, 'flights.odcs.yaml'), 'utf8')).toBe(contract);
    await editor.screenshot('contract-accept');
    await editor.page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => editor.page.locator('.view-lines').first().innerText()).toMatch(/maximum:\s99/);
  });

  it('is underlined while it is written, and completed and explained', async () => {
    const { editor } = shared;
    await openFile(editor, 'flights.odcs.yaml');
    await editor.page.getByText('Check Now', { exact: true }).waitFor({ timeout: 30_000 });
    await goTo(editor, '14:31');
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.type('seve', { delay: 80 });
    await editor.screenshot('contract-typing');
    await editor.page
      .locator('.suggest-widget.visible .monaco-list-row', { hasText: 'severity' })
      .first()
      .waitFor({ timeout: 20_000 });
    await editor.screenshot('contract-completion');
    await editor.page.keyboard.press('Escape');
    await expect.poll(() => squiggles(editor, 'error'), { timeout: 10_000 }).toBeGreaterThan(0);
    for (let times = 0; times < 6; times += 1) await editor.page.keyboard.press('Control+z');
  });
});
