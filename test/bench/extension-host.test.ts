// The extension host is shared with every other extension: how long is it held up while Slipway is used?
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExtraExtension } from '../editor/extra-extension';
import { Editor } from '../editor/harness';
import { openRun } from '../editor/open-run';
import { SeededProject } from '../editor/seeded-project';
import { message } from '../editor/seeded-tree';
import { type CpuProfile, longestTurn } from './host-profile';
import { liveRun, logPoints, poster } from './live-points';
import { tell } from './measurement';
import { logSeries, seedRuns } from './series';

const settled = 6000;

const ours = '/slipway.slipway-';

describe('in the editor', () => {
  it('the extension host', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-delays-'));
    using watcher = hostWatcher(folder);
    try {
      await using project = SeededProject.create((seeding) => {
        seedRuns(seeding, 10_000);
        const experimentId = seeding.runs.createExperiment({ name: 'large' });
        const run = { experimentId, userId: 'bench', name: 'many metrics', startTime: seeding.clock.now };
        logSeries(seeding, seeding.runs.createRun(run).runId, { metrics: 500, points: 1000 });
      });
      await using editor = await Editor.open({ folder: project.root, extensions: watcher.folder });
      await editor.openView('Slipway');
      await editor.treeRow('run-0').waitFor({ timeout: 30_000 });
      await editor.page.waitForTimeout(settled);
      const post = poster(project.root);
      const phases = {
        Idle: await phase(() => editor.page.waitForTimeout(10_000)),
        Tree: await phase(() => useTree(editor)),
        Panel: await phase(async () => {
          await filterTo(editor, 'experiment:large');
          await openRun(editor, 'many metrics');
          await editor.page.waitForTimeout(3000);
        }),
        Live: await phase(async () => {
          const runId = await liveRun(post);
          await filterTo(editor, 'live');
          await openRun(editor, /^live/);
          await logPoints(post, runId, 20);
        }),
      };
      tell(await findings(folder, phases));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** When something was done, in epoch milliseconds. */
interface Phase {
  from: number;
  to: number;
}

async function phase(work: () => Promise<unknown>): Promise<Phase> {
  const from = Date.now();
  await work();
  return { from, to: Date.now() };
}

/**
 * An extension beside ours that notes in `folder`, four times a second, how long the host's event loop stood still at
 * worst, and what it ran meanwhile until a file `stop` is there.
 */
function hostWatcher(folder: string): ExtraExtension {
  const main = `const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { Session } = require('node:inspector');
const folder = ${JSON.stringify(folder)};
exports.activate = () => {
  const resolution = 5;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 1000 });
  session.post('Profiler.start');
  const started = Date.now();
  const timer = setInterval(() => {
    appendFileSync(folder + '/delays', Date.now() + ' ' + Math.max(0, delays.max / 1e6 - resolution) + '\\n');
    delays.reset();
    if (!existsSync(folder + '/stop')) return;
    clearInterval(timer);
    session.post('Profiler.stop', (error, { profile }) => {
      writeFileSync(folder + '/profile', JSON.stringify({ started, profile }));
      writeFileSync(folder + '/done', '');
    });
  }, 250);
};`;
  return new ExtraExtension({
    manifest: {
      ...{ name: 'hostwatcher', publisher: 'slipway-bench', version: '1.0.0', main: './main.js' },
      ...{ engines: { vscode: '^1.101.0' }, activationEvents: ['*'] },
    },
    files: { 'main.js': main },
  });
}

/** For each phase: the longest stand-still of the loop, by whomever, and the longest turn of our own code. */
async function findings(folder: string, phases: Record<string, Phase>): Promise<Record<string, number>> {
  writeFileSync(join(folder, 'stop'), '');
  await expect.poll(() => existsSync(join(folder, 'done')), { timeout: 60_000 }).toBe(true);
  const delays = readFileSync(join(folder, 'delays'), 'utf8').trim().split('\n');
  const noted = delays.map((line) => line.split(' ').map(Number));
  const kept = JSON.parse(readFileSync(join(folder, 'profile'), 'utf8')) as { started: number; profile: CpuProfile };
  return Object.fromEntries(
    Object.entries(phases).flatMap(([name, { from, to }]) => {
      const stood = noted.map(([at = 0, delay = 0]) => (at > from && at <= to + 250 ? delay : 0));
      const part = { from: from - kept.started, to: to - kept.started };
      return [
        [`host${name}`, Math.max(...stood)],
        [`host${name}Own`, longestTurn(kept.profile, ours, part)],
      ];
    }),
  );
}

/** Types each of the texts into the filter and keeps the last. */
async function filterTo(editor: Editor, ...texts: string[]): Promise<void> {
  await editor.runCommand('Slipway: Filter Runs…');
  const input = editor.page.locator('.quick-input-widget:visible input').first();
  for (const text of texts) await input.fill(text);
  await editor.page.waitForTimeout(1000);
  await input.press('Enter');
  await message(editor)
    .getByText(/ of 10,00\d, filtered/)
    .waitFor();
}

/** Filters, shows all runs again and loads more rows. */
async function useTree(editor: Editor): Promise<void> {
  await filterTo(editor, 'r', 'ru', 'run', 'run-', 'run-1', 'run-12');
  await editor.runCommand('Slipway: Clear Filter');
  await editor.treeRow('run-0').click();
  for (let page = 0; page < 3; page++) {
    await editor.page.keyboard.press('End');
    await editor.treeRow(/Load more/).click();
    await editor.page.waitForTimeout(500);
  }
}
