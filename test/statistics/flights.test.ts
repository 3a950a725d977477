// Real flights: what resampling rows calls certain, resampling days does not.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareFiles } from '../../src/lifecycle/runs/comparison/compare-runs';
import { comparePredictions } from '../../src/lifecycle/runs/comparison/predictions/compare-predictions';
import { openFileSource } from '../../src/platform/tables/file-source';
import type { Comparison } from '../../src/protocol/comparison/comparison';
import { keepWriting } from '../engine/kept-writing';

it('by rows all four metrics are better with the weather, by days few are: flights of one day share their weather', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-flights-'));
  try {
    const script = join(import.meta.dirname, 'flights_predictions.py');
    const python = process.env.SLIPWAY_TEST_PYTHON_STATISTICS ?? 'python3';
    // Its threads wait for one another without end where others use the cores.
    const env = { ...process.env, OMP_NUM_THREADS: '1' };
    await keepWriting(folder, {
      by: { python, script, words: [] },
      run: (place) => execFileSync(python, [script, place], { encoding: 'utf8', env }),
    });
    const compare = async (unit: string | null): Promise<Comparison> => {
      const source = (name: string) => openFileSource({ path: join(folder, name), name });
      const question = { metrics: ['roc_auc', 'log_loss', 'brier', 'f1'], unit };
      const found = await comparePredictions(
        { baseline: source('base.csv'), candidate: source('weather.csv') },
        question,
      );
      return compareFiles({ baseline: 'base', candidate: 'weather' }, found);
    };
    const verdicts = ({ candidates }: Comparison): (string | undefined)[] =>
      candidates[0]?.metrics.map(({ verdict }) => verdict) ?? [];
    const byRow = await compare(null);
    expect(verdicts(byRow)).toEqual(['better', 'better', 'better', 'better']);
    expect(byRow.candidates[0]?.support.join(' ')).toContain('say so with --cluster: day (31 values)');
    const byDay = await compare('day');
    expect(verdicts(byDay).filter((verdict) => verdict === 'better').length).toBeLessThanOrEqual(2);
    expect(verdicts(byDay)).not.toContain('worse');
    expect(byDay.sentence).toContain('not shown to differ on');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
