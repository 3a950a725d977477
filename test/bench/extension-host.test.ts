// The extension host is shared with every other extension: how long is it held up while Slipway is used?
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { ExtraExtension } from '../editor/extra-extension';
import { Editor } from '../editor/harness';
import { openRun } from '../editor/open-run';
import { SeededProject } from '../editor/seeded-project';
import { message } from '../editor/seeded-tree';
import { liveRun, logPoints, poster } from './live-points';
import { tell } from './measurement';
import { logSeries, seedRuns } from './series';

const settled = 6000;

describe('in the editor', () => {
  it('the extension host', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-delays-'));
    const delays = join(folder, 'delays.txt');
    using watcher = loopWatcher(delays);
    try {
      await using project = SeededProject.create((seeding) => {
        seedRuns(seeding, 10_000);
        const experimentId = seeding.runs.createExperiment({ name: 'large' });
        const run = { experimentId, userId: 'bench', name: 'large', startTime: seeding.clock.now };
        logSeries(seeding, seeding.runs.createRun(run).runId, { metrics: 500, points: 1000 });
      });
      await using editor = await Editor.open({ folder: project.root, extensions: watcher.folder });
      await editor.openView('Slipway');
      await editor.treeRow('run-0').waitFor({ timeout: 30_000 });
      await editor.page.waitForTimeout(settled);
      const idle = await worstOf(delays, () => editor.page.waitForTimeout(10_000));
      const tree = await worstOf(delays, () => useTree(editor));
      const panel = await worstOf(delays, async () => {
        await openRun(editor, 'large');
        await editor.page.waitForTimeout(3000);
      });
      const post = poster(project.root);
      const runId = await liveRun(post);
      await openRun(editor, 'live');
      const live = await worstOf(delays, () => logPoints(post, runId, 20));
      tell({ hostIdle: idle, hostTree: tree, hostPanel: panel, hostLive: live });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/**
 * An extension beside ours that notes in `file`, four times a second, how long the host's event loop stood still at
 * worst: a line `epoch-ms delay-ms`.
 */
function loopWatcher(file: string): ExtraExtension {
  const main = `const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
exports.activate = () => {
  const resolution = 5;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  setInterval(() => {
    appendFileSync(${JSON.stringify(file)}, Date.now() + ' ' + Math.max(0, delays.max / 1e6 - resolution) + '\\n');
    delays.reset();
  }, 250).unref();
};`;
  return new ExtraExtension({
    manifest: {
      ...{ name: 'loopwatcher', publisher: 'slipway-bench', version: '1.0.0', main: './main.js' },
      ...{ engines: { vscode: '^1.101.0' }, activationEvents: ['*'] },
    },
    files: { 'main.js': main },
  });
}

/** The longest time in milliseconds for which the host's event loop stood still during `work`. */
async function worstOf(delays: string, work: () => Promise<unknown>): Promise<number> {
  const began = Date.now();
  await work();
  const lines = readFileSync(delays, 'utf8').trim().split('\n');
  return Math.max(
    ...lines.map((line) => line.split(' ').map(Number)).map(([at = 0, delay = 0]) => (at > began ? delay : 0)),
  );
}

/** Filters, sorts, loads more rows, stars. */
async function useTree(editor: Editor): Promise<void> {
  await editor.runCommand('Slipway: Filter Runs…');
  const input = editor.page.locator('.quick-input-widget:visible input').first();
  for (const text of ['r', 'ru', 'run', 'run-', 'run-1', 'run-12']) await input.fill(text);
  await editor.page.waitForTimeout(1000);
  await input.press('Enter');
  await message(editor)
    .getByText(/ of 10,00\d, filtered/)
    .waitFor();
  await editor.runCommand('Slipway: Clear Filter');
  for (let page = 0; page < 3; page++) {
    await editor.treeRow('run-0').click();
    await editor.page.keyboard.press('End');
    await editor.treeRow(/Load more/).click();
    await editor.page.waitForTimeout(500);
  }
}
