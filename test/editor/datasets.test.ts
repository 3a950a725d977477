// Datasets in the real editor: registered from the Explorer, read again, labelled, measured and checked; the panel in four
// themes, wide and narrow, by keys, over a reload.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlightsProject, monthOfFlights, openDatasets } from './flights-project';
import { Editor } from './harness';
import { openFile } from './open-file';
import { faultsOf } from './panel-faults';
import { logArtifact, runNamed } from './project-engine';
import { inFileName, themes } from './themes';

describe('a dataset by hand', () => {
  let project: FlightsProject;
  let editor: Editor;
  let panel: Frame;
  beforeAll(async () => {
    project = FlightsProject.create();
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 1200 } });
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('is registered from the Explorer and profiled', async () => {
    await editor.openView('Explorer');
    await editor.treeRow(/^data$/).click();
    await editor.answerInput('flights', () =>
      editor.chooseInMenuOf(editor.treeRow('flights.csv'), 'Register as Dataset…'),
    );
    panel = await editor.webviewFrame('.profile-table tbody tr');
    await expect.poll(() => panel.locator('.profile-table tbody tr').count()).toBe(5);
    const delay = panel.locator('.profile-table tr', { hasText: 'dep_delay' });
    expect(await delay.innerText()).toMatch(/integer/);
    await editor.screenshot('dataset-profile-first');
    // A wrong extreme is seen without a click, in a narrow panel too.
    const distances = monthOfFlights(3)
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    const distance = panel.locator('.profile-table tr', { hasText: 'distance' });
    for (const width of [1280, 700, 1500]) {
      await editor.page.setViewportSize({ width, height: 1200 });
      for (const end of [Math.min(...distances), Math.max(...distances)]) {
        await expect.poll(() => distance.innerText()).toContain(end.toLocaleString('en-US'));
      }
      await editor.screenshot(`dataset-profile-${width}`);
    }
    expect(await panel.locator('.verdict h1').innerText()).toMatch(/^No contract says what it must hold/);
  });

  it('stands in the view; what is read again is a version, and its label names it', async () => {
    await openDatasets(editor);
    await editor.treeRow(/^flights/).waitFor();
    await editor.runCommand('View: Close Editor');
    await editor.treeRow(/^flights/).click();
    await editor.page.locator('.tab.active', { hasText: 'flights' }).waitFor();
    await editor.runCommand('View: Close Editor');
    await editor.treeRow(/^flights/).focus();
    expect(await editor.treeRow(/newest/).count()).toBe(0);
    await editor.page.keyboard.press('Enter');
    panel = await editor.webviewFrame('.profile-table tbody tr');
    await editor.page.keyboard.press('ArrowRight');
    await editor.treeRow(/newest/).waitFor();
    for (const [month, label] of [
      [3, '2013-03'],
      [4, '2013-04'],
      [5, '2013-05'],
      [7, '2013-07'],
    ] as const) {
      if (month !== 3) {
        project.write(month);
        await editor.chooseInMenuOf(editor.treeRow(/^flights/), 'Refresh Dataset');
      }
      await editor.treeRow(/^[0-9a-f]{7}.*newest/).waitFor();
      await editor.answerInput(label, () => editor.chooseInMenuOf(editor.treeRow(/^[0-9a-f]{7}.*newest/), 'Label…'));
      await editor.treeRow(new RegExp(`^${label}.*newest`)).waitFor();
    }
    await editor.screenshot('dataset-tree');
    expect(await editor.treeRow(/^flights/).innerText()).toContain('4 versions');
    // Measured when it was read: nobody has opened its Drift part.
    await editor.treeRow(/^2013-07.*3 columns drifted/).waitFor();
  });

  it('drifted in summer, and says where', async () => {
    await editor.treeRow(/^2013-07/).click();
    panel = await editor.webviewFrame('.verdict h1');
    await panel.getByRole('tab', { name: /^Drift/ }).click();
    await panel.locator('.drift-table tbody tr').first().waitFor();
    await expect.poll(() => panel.locator('.verdict h1').innerText()).toContain('3 of 5 columns drifted from 2013-03');
    const rows = panel.locator('.drift-table tbody tr');
    expect(await rows.first().innerText()).toMatch(/temp[\s\S]*Drift/);
    expect(await rows.last().innerText()).toContain('No drift');
    await panel
      .getByRole('figure', { name: 'Largest gap' })
      .getByText(/D = 0\.\d+ at/)
      .waitFor();
    await editor.screenshot('dataset-drift');
    await panel.locator('.drift-table tr', { hasText: 'dep_delay' }).click();
    await panel.getByText(/^no value 0 % → \d.*median/).waitFor();
    await rows.first().click();
    await panel.getByRole('figure', { name: 'History of temp' }).locator('svg.plot').waitFor();
    await panel.locator('.drift-table tr', { hasText: 'carrier' }).click();
    await panel.getByRole('figure', { name: 'Moved most' }).waitFor();
    await editor.screenshot('dataset-drift-carrier');
  });

  it('breaks its contract, whose bad rows are shown', async () => {
    await panel.getByRole('tab', { name: 'Contract' }).click();
    const add = panel.getByRole('button', { name: 'Add a Contract…' });
    await editor.chooseAfter(() => add.click(), 'flights.odcs.yaml');
    await editor.page.locator('.tab.active', { hasText: 'flights.odcs.yaml' }).waitFor();
    await editor.runCommand('View: Close Editor');
    panel = await editor.webviewFrame('.verdict h1');
    await panel.getByRole('button', { name: 'Check Now' }).first().click();
    await expect
      .poll(() => panel.locator('.verdict h1').innerText(), { timeout: 40_000 })
      .toMatch(/^Not fit for training: 1 contract check fails; 3 of 5 columns drifted from 2013-03$/);
    const first = panel.locator('.check-table tbody tr').first();
    expect(await first.innerText()).toMatch(/dep_delay[\s\S]*≤ 5 %[\s\S]*\d\.\d+ %/);
    await panel.getByRole('button', { name: 'Show Bad Rows' }).click();
    await panel.locator('.bad-rows tbody tr').first().waitFor();
    await editor.screenshot('dataset-contract');
    expect(await panel.locator('.bad-rows tbody tr').first().innerText()).toContain('null');
    await editor.treeRow(/^2013-07.*1 check fails/).waitFor();
    await editor.treeRow(/^flights.*1 check fails · 3 drifted/).waitFor();
    await editor.screenshot('dataset-tree-failing');
  });

  it('comes back after a reload as it was', async () => {
    await editor.reload();
    panel = await editor.webviewFrame('.check-table tbody tr');
    expect(await panel.locator('.verdict h1').innerText()).toMatch(/^Not fit for training/);
    expect(await panel.getByRole('tab', { selected: true }).innerText()).toContain('Contract');
    await panel.locator('.bad-rows tbody tr').first().waitFor();
  });

  it('broke its contract, which is underlined when the contract is opened; its rows are those of the panel', async () => {
    await panel
      .locator('.bad-rows')
      .getByRole('button', { name: /^Close/ })
      .click();
    await openFile(editor, 'flights.odcs.yaml');
    await expect.poll(() => editor.page.locator('.cdr.squiggly-error').count()).toBe(1);
    await editor.page.getByText(/1 of 6 checks fails · .* · flights@2013-07/).waitFor();
    await editor.page.locator('.view-line', { hasText: 'nullValues' }).click();
    await editor.page.keyboard.press('Control+.');
    await editor.page.locator('.action-widget .action', { hasText: 'Show the Bad Rows' }).click();
    panel = await editor.webviewFrame('.bad-rows tbody tr');
    await editor.screenshot('contract-bad-rows');
    await editor.runCommand('View: Close Other Editors in Group');
  });

  it('by keys alone another version, another part and another column are chosen', async () => {
    await panel.getByRole('tab', { selected: true }).focus();
    await editor.page.keyboard.press('ArrowRight');
    await panel.locator('.drift-table tbody tr').first().waitFor();
    await panel.locator('.drift-table tr[tabindex="0"]').focus();
    await editor.page.keyboard.press('End');
    await panel.getByRole('figure', { name: 'History of origin' }).waitFor();
    await editor.page.keyboard.press('d');
    await panel.getByRole('figure', { name: /History of d/ }).waitFor();
    await panel.locator('.version[tabindex="0"]').focus();
    await editor.page.keyboard.press('End');
    await panel.getByText('This is the reference').waitFor();
    expect(await panel.locator('.verdict h1').innerText()).toContain('drift is measured against it');
    await editor.page.keyboard.press('Home');
    await panel.locator('.drift-table').waitFor();
  });

  it('knows which run read it, and leads there', async () => {
    project.slipway(
      'run',
      '--name',
      'trained',
      '--input',
      'data/flights.csv',
      '--override',
      'a look at its lineage',
      '--',
      'true',
    );
    await panel.getByRole('button', { name: 'used by 1 run' }).click();
    await panel.locator('.lineage-node.subject').waitFor();
    await editor.screenshot('dataset-lineage');
    await panel.locator('.lineage-node.subject').focus();
    await editor.page.keyboard.press('ArrowRight');
    await editor.page.keyboard.press('Enter');
    await editor.page.locator('.tab', { hasText: 'trained' }).waitFor();
    await editor.runCommand('View: Close Editor');
    panel = await editor.webviewFrame('.lineage-node.subject');
    await panel.getByText('From data/flights.csv, used by 1 run').waitFor();
    await editor.treeRow(/^2013-07.*used by 1 run/).waitFor();
  });

  it('stands left of what is made from it, with a whole arrow between', async () => {
    const query = 'SELECT carrier, avg(dep_delay) AS delay FROM flights GROUP BY carrier';
    project.slipway('dataset', 'add', 'delays', '--query', query);
    await editor.closeEditors();
    await editor.chooseInMenuOf(editor.treeRow(/^delays/), 'Show Lineage');
    const derived = await editor.webviewFrame('.lineage-node.subject');
    await derived.getByText('Made from flights@2013-07, not used by any run').waitFor();
    await editor.screenshot('dataset-lineage-derived');
    const left = async (name: RegExp): Promise<number> =>
      (await derived.locator('.lineage-node', { hasText: name }).boundingBox())?.x ?? 0;
    expect(await left(/^data\/flights/)).toBeLessThan(await left(/^flights@/));
    expect(await left(/^flights@/)).toBeLessThan(await left(/^delays@/));
    await derived.locator('.lineage-node', { hasText: /^flights@/ }).click();
    // The page that is left may answer once more.
    const made = async (): Promise<number> => {
      panel = await editor.webviewFrame('.lineage-node.subject');
      return panel.getByText(/delays@.* is made from it, used by 1 run/).count();
    };
    await expect.poll(made).toBe(1);
  });

  it.each(themes)('nothing keeps anybody from reading it in %s, wide and narrow', async (theme) => {
    await editor.setTheme(theme);
    for (const width of [1500, 800]) {
      await editor.page.setViewportSize({ width, height: 1200 });
      for (const part of ['Profile', 'Contract', 'Drift', 'Lineage', 'History']) {
        await panel.getByRole('tab', { name: new RegExp(`^${part}`) }).click();
        await panel.locator('.rows tbody tr, .lineage-place button').first().waitFor();
        await editor.page.waitForTimeout(300);
        expect(await faultsOf(panel), part).toEqual([]);
        await editor.screenshot(`dataset-${inFileName(theme)}-${part.toLowerCase()}-${width}`);
      }
    }
    await editor.page.setViewportSize({ width: 1500, height: 1200 });
  });

  it('is found by a word, thrown away, and taken back', async () => {
    await editor.runCommand('Slipway: Search Datasets, Runs, and Models');
    const input = editor.page.locator('.quick-input-widget:visible input').first();
    await input.fill('flig');
    await editor.quickPickRow('flights').waitFor();
    await editor.page.keyboard.press('Enter');
    await editor.chooseInMenuOf(editor.treeRow(/^2013-04/), 'Delete Version');
    await editor.treeRow(/^2013-04/).waitFor({ state: 'detached' });
    await editor.page.locator('.notification-toast', { hasText: 'moved to the trash' }).getByText('Undo').click();
    await editor.treeRow(/^2013-04/).waitFor();
  });

  it('is told in the order of its model, measured against the versions before where slipway.yaml says so, and compared', async () => {
    const importances = '{"carrier":7,"temp":0.02,"num__distance":3}';
    await logArtifact(project, await runNamed(project, 'trained'), 'feature_importance_gain.json', importances);
    await editor.treeRow(/^2013-07/).click();
    panel = await editor.webviewFrame('.verdict h1');
    await panel.getByRole('tab', { name: /^Drift/ }).click();
    await panel.getByText('Weights are feature_importance_gain.json of run trained').waitFor();
    await expect.poll(() => panel.locator('.drift-table tbody tr').first().innerText()).toMatch(/^carrier\s+70 %/);
    await panel.getByRole('combobox', { name: 'Reference' }).selectOption('last:2');
    const verdict = panel.locator('.verdict h1');
    await expect.poll(() => verdict.innerText(), { timeout: 40_000 }).toMatch(/drifted from the 2 versions before/);
    const leftOut = panel.getByRole('button', { name: /^Measure the .*Left Out/ });
    await leftOut.click();
    await leftOut.waitFor({ state: 'detached', timeout: 40_000 });
    const config = (): string => readFileSync(join(project.root, 'slipway.yaml'), 'utf8');
    const before = config();
    await panel.getByRole('button', { name: 'Make It the Reference' }).click();
    await expect.poll(config).toContain('reference: last:2');
    await panel.getByRole('button', { name: 'Make It the Reference' }).waitFor({ state: 'detached' });
    await editor.screenshot('dataset-drift-last');
    await editor.page.locator('.notification-toast', { hasText: 'against last:2' }).getByText('Undo').click();
    await expect.poll(config).toBe(before);
    const version = editor.treeRow(/^2013-07/);
    await editor.chooseAfter(() => editor.chooseInMenuOf(version, 'Compare With…'), '2013-04');
    // The panel that is left has a sentence above, too.
    const diff = await editor.webviewFrame('.head:has-text("flights@2013-04")');
    await expect.poll(() => diff.locator('.opening h1').innerText()).toMatch(/rows/);
    expect(await diff.locator('.head').innerText()).toMatch(/flights@2013-04[\s\S]*flights@2013-07/);
    await editor.screenshot('dataset-compared-versions');
  });
});
