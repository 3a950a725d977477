// The trials of a search: below it in the tree, in its panel, and put away with it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './panel-faults';
import { SeededProject } from './seeded-project';
import { message } from './seeded-tree';
import { sharedWindow } from './shared-window';
import { inFileName, themes } from './themes';

const id = (letter: string): string => letter.repeat(32);
const parentTag = (runId: string) => [{ key: 'mlflow.parentRunId', value: runId }];

function sweepProject(): SeededProject {
  return SeededProject.create(({ runs, clock }) => {
    const experimentId = runs.createExperiment({ name: 'search' });
    const begun = clock.now - 600_000;
    const run = (letter: string, name: string, startTime: number, parent?: string): void => {
      const tags = parent === undefined ? [] : parentTag(parent);
      runs.createRun({ runId: id(letter), experimentId, userId: 'ada', name, startTime, tags });
    };
    run('a', 'sweep', begun);
    for (const [index, value] of [0.81, 0.9, 0.85].entries()) {
      const letter = 'bcd'[index] ?? '';
      run(letter, `trial-${index + 1}`, begun + (index + 1) * 1000, id('a'));
      const params = [
        { key: 'lr', value: `0.0${index + 1}` },
        { key: 'depth', value: '6' },
      ];
      runs.logBatch(id(letter), { params, metrics: [{ key: 'roc_auc', value, time: begun, step: 1 }] });
      runs.updateRun(id(letter), { status: index === 0 ? 'FAILED' : 'FINISHED', endTime: begun + 48_000 });
    }
    run('e', 'fold-1', begun + 2500, id('c'));
    runs.updateRun(id('e'), { status: 'FINISHED', endTime: begun + 47_000 });
    runs.updateRun(id('a'), { status: 'FINISHED', endTime: begun + 60_000 });
    run('f', 'alone', begun + 90_000);
    runs.updateRun(id('f'), { status: 'FINISHED', endTime: begun + 95_000 });
  });
}

describe('runs below runs', () => {
  const shared = sharedWindow(sweepProject);
  const rows = () => shared.editor.page.locator('.sidebar .monaco-list-row').allInnerTexts();

  /** As a search that goes on would. */
  async function logTrial(name: string): Promise<void> {
    const address = readFileSync(join(shared.project.root, '.slipway/address.json'), 'utf8');
    const { url, token } = JSON.parse(address) as { url: string; token: string };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const post = (route: string, body: object) =>
      fetch(`${url}/api/2.0/mlflow/${route}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const found = await fetch(`${url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=search`, { headers });
    const { experiment } = (await found.json()) as { experiment: { experiment_id: string } };
    const created = await post('runs/create', {
      experiment_id: experiment.experiment_id,
      run_name: name,
      start_time: Date.now(),
      tags: parentTag(id('a')),
    });
    expect(created.status).toBe(200);
  }

  it('stand below their parent in the tree, opened by the arrow keys; a filter lists them side by side', async () => {
    const { editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('sweep').filter({ hasText: '3 child runs' }).waitFor({ timeout: 30_000 });
    expect((await rows()).join('|')).not.toContain('trial');
    await editor.treeRow('sweep').click();
    await editor.page.locator('.tab', { hasText: 'sweep' }).waitFor();
    await editor.page.keyboard.press('ArrowRight');
    await editor.treeRow('trial-2').waitFor();
    await editor.screenshot('tree-nested');
    await editor.treeRow('trial-2').click();
    await editor.page.locator('.tab', { hasText: 'trial-2' }).waitFor();
    await editor.page.keyboard.press('ArrowRight');
    await editor.treeRow('fold-1').waitFor();
    const names = (await rows()).map((text) => /trial-\d|fold-1|sweep|alone/.exec(text)?.[0]).filter(Boolean);
    expect(names).toEqual(['alone', 'sweep', 'trial-3', 'trial-2', 'fold-1', 'trial-1']);

    await editor.runCommand('Slipway: Filter Runs…');
    await editor.answerList('parent:sweep');
    await editor.treeRow(/^search\s*3 found/).waitFor();
    await expect.poll(async () => (await rows()).filter((text) => text.includes('trial')).length).toBe(3);
    await editor.runCommand('Slipway: Clear Filter');
    await editor.treeRow('alone').waitFor();
  });

  it('are listed in the panel of their parent, the best first, and lead there and back', async () => {
    const { editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('sweep').click();
    const parent = await editor.webviewFrame('.children tbody tr', 30_000);
    const section = parent.locator('section[aria-label="Child runs"]');
    await expect.poll(() => section.locator('.answer').innerText()).toBe('3, 1 failed · best roc_auc 0.9000');
    expect(await section.locator('.child-name .cut').allInnerTexts()).toEqual(['trial-2', 'trial-3', 'trial-1']);
    // What tells them apart, and nothing that all have.
    await expect.poll(() => section.locator('thead .child-param').allInnerTexts()).toEqual(['lr']);
    expect(await section.locator('tbody .child-param').allInnerTexts()).toEqual(['0.02', '0.03', '0.01']);
    await editor.screenshot('panel-children');
    for (const theme of themes) {
      await editor.setTheme(theme);
      await parent.locator('.children tbody tr').first().waitFor();
      await editor.screenshot(`panel-children-${inFileName(theme)}`);
      expect(await faultsOf(parent), theme).toEqual([]);
    }
    await editor.setTheme(themes[0]);
    await parent.locator('tr[data-row="0"]').focus();
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('Enter');
    await editor.page.locator('.tab.active', { hasText: 'trial-3' }).waitFor();
    const child = await editor.webviewFrame('.head .link', 30_000);
    await child.locator('.fact', { hasText: 'child of sweep' }).getByRole('button', { name: 'sweep' }).click();
    await editor.page.locator('.tab.active', { hasText: 'sweep' }).waitFor();
    const back = await editor.webviewFrame('.children tbody tr', 30_000);
    await back.locator('section[aria-label="Child runs"]').getByRole('button', { name: 'Compare' }).click();
    await editor.page.locator('.tab.active', { hasText: 'Compare 3 runs' }).waitFor();
    await editor.webviewFrame('.verdict h1', 30_000);
  });

  it('come while somebody looks, in the tree and in the panel', async () => {
    const { editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('sweep').click();
    const panel = await editor.webviewFrame('.children tbody tr', 30_000);
    if ((await editor.treeRow('sweep').getAttribute('aria-expanded')) === 'false')
      await editor.page.keyboard.press('ArrowRight');
    await logTrial('trial-live');
    await panel.locator('.children tr', { hasText: 'trial-live' }).waitFor();
    await editor.treeRow('sweep').filter({ hasText: '4 child runs' }).waitFor();
    await editor.treeRow('trial-live').waitFor();
  });

  it('go to the trash with their parent, and come back with it', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('sweep').click();
    await editor.webviewFrame('.children tbody tr', 30_000);
    await editor.page.keyboard.press('Delete');
    const question = editor.page.locator('.monaco-dialog-box', { hasText: 'Move 6 runs to the trash?' });
    await question.getByText('trial-live is running.').waitFor();
    await question.getByRole('button', { name: 'Move to Trash' }).click();
    await message(editor).getByText('Moved sweep and its 5 child runs to the trash.').waitFor();
    await editor.treeRow('Trash').filter({ hasText: '6 runs' }).waitFor();
    expect(project.slipway('runs', 'list')).not.toContain('trial');
    await editor.page.keyboard.press('Control+Z');
    await editor.treeRow('sweep').filter({ hasText: '4 child runs' }).waitFor();
    expect(project.slipway('runs', 'list', '--filter', 'parent:sweep')).toContain('trial-2');
  });
});
