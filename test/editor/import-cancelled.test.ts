/// <reference lib="dom" />
// An import from a folder that the user names, and one that is cancelled while it runs.
import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../engine/engine-process';
import { writeMlflow } from '../imports/written-store';
import { Editor } from './harness';
import { Project } from './project';

const patience = { timeout: 30_000 };
const more = 150_000;

const toast = (editor: Editor, text: string | RegExp): Locator =>
  editor.page.locator('.notification-toast').filter({ hasText: text });

/** Makes the metrics of a file store long enough for somebody to cancel their import. */
function lengthen(store: string): void {
  const lines = Array.from({ length: more }, (_, step) => `${1_763_000_000_000 + step} 0.${step % 1000} ${step + 50}`);
  const text = `${lines.join('\n')}\n`;
  for (const path of readdirSync(store, { recursive: true }).map(String)) {
    if (/metrics\/m\d+$/.test(path)) appendFileSync(join(store, path), text);
  }
}

/** How many points of the long metrics each run has. */
function pointsOfRuns(project: Project): number[] {
  const statement = `SELECT sum(count) AS points FROM metric_series WHERE key LIKE 'm_' GROUP BY run`;
  const { items } = JSON.parse(project.slipway('sql', '--json', statement)) as { items: { points: number }[] };
  return items.map(({ points }) => points);
}

describe('an import in the editor', () => {
  it('of a folder from anywhere is cancelled: whole runs are there, and the next one brings the rest', async () => {
    const cwd = temporaryFolder('slipway-elsewhere-');
    await using project = Project.create();
    const size = { runs: 6, metrics: 3, steps: 50 };
    await writeMlflow(3, { uri: `file://${cwd}/mlruns`, cwd, size, flags: ['--plain'] });
    lengthen(join(cwd, 'mlruns'));
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor(patience);
    const choose = async (): Promise<void> => {
      await editor.choose('Slipway: Import Runs…', 'Folder…');
      await editor.answerFileDialog(join(cwd, 'mlruns'));
    };
    await choose();
    const running = toast(editor, 'Importing mlruns');
    await running.waitFor(patience);
    const points = (): number[] => pointsOfRuns(project);
    await expect.poll(() => points().length, { ...patience, interval: 50 }).toBeGreaterThan(0);
    await editor.screenshot('import-running');
    await running.getByRole('button', { name: 'Cancel' }).click();
    await toast(editor, 'The import of mlruns was stopped. Runs that are here are whole').waitFor(patience);
    await running.waitFor({ state: 'detached' });
    const whole = size.metrics * (size.steps + more);
    const taken = points();
    expect(taken.length).toBeLessThan(size.runs);
    expect(taken).toEqual(taken.map(() => whole));

    await editor.runCommand('Notifications: Clear All Notifications');
    await choose();
    await toast(editor, new RegExp(`Imported .*${size.runs - taken.length} runs?,`)).waitFor();
    expect(points()).toEqual(Array.from({ length: size.runs }, () => whole));
    rmSync(cwd, { recursive: true, force: true });
  });
});
