// More runs than a list holds: found by what is typed, compared, and paged.
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { SeededProject } from './seeded-project';
import { sharedWindow } from './shared-window';

const description = (editor: Editor) => editor.page.locator('.sidebar .pane-header .description').first();

describe('a folder with more runs than a list holds', () => {
  const shared = sharedWindow(() =>
    SeededProject.create(({ runs, clock }) => {
      const ids = ['a', 'b'].map((name) => runs.createExperiment({ name }));
      for (let index = 1; index <= 210; index++) {
        const runId = String(index).padStart(32, '0');
        const startTime = clock.now - 10_000_000 + index * 1000;
        runs.createRun({
          runId,
          experimentId: ids[index % 2] ?? '',
          userId: 'ada',
          name: `trial-${index}x`,
          startTime,
        });
        runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 500 });
      }
    }),
  );

  it('opens an old run that is typed, with Enter before the list has followed', async () => {
    const { editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('trial-210x').waitFor();
    await editor.runCommand('Slipway: Open Run…');
    await editor.quickPickRow('trial-210x').waitFor();
    await editor.page.locator('.quick-input-title', { hasText: 'Which run? · the newest 200 of 210 runs' }).waitFor();
    await editor.screenshot('pick-run');
    await editor.answerList('trial-3x');
    await editor.page.locator('.tab', { hasText: 'trial-3x' }).waitFor();
  });

  it('compares runs that were found one after the other', async () => {
    const { editor } = shared;
    await editor.runCommand('Slipway: Compare Runs…');
    const input = editor.page.locator('.quick-input-widget:visible .quick-input-filter input').first();
    for (const name of ['trial-3x', 'trial-4x']) {
      await input.fill(name);
      await editor.page.locator('.quick-input-title', { hasText: /· 1 run$/ }).waitFor();
      await editor.quickPickRow(name).click();
      await input.fill('trial-');
      await editor.page.locator('.quick-input-title', { hasText: '· the newest 200 of 210 runs' }).waitFor();
    }
    await editor.screenshot('pick-runs');
    await editor.page.keyboard.press('Enter');
    await editor.page.locator('.tab', { hasText: 'trial-3x → trial-4x' }).waitFor();
  });

  it('pages what a filter finds, over all experiments', async () => {
    const { editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('trial-210x').waitFor();
    await editor.runCommand('Slipway: Filter Runs…');
    await editor.answerList('trial');
    await expect.poll(() => description(editor).innerText()).toBe('210 of 210, filtered');
    await editor.treeRow(/^a\s*25 shown/).waitFor();
    await editor.treeRow(/^a/).click();
    await editor.page.keyboard.press('End');
    await editor.treeRow('Load more (160 left)').click();
    // Some rows are not there while they are out of sight.
    await expect
      .poll(async () => {
        await editor.page.keyboard.press('Home');
        return editor.treeRow(/^a\s*50 shown/).count();
      })
      .toBe(1);
    await editor.page.keyboard.press('End');
    await editor.treeRow('Load more (110 left)').waitFor();
  });
});
