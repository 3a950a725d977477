// Runs with very much in them.
import type { Seeding } from '../engine/seeded-workspace';

/** Logs `metrics` series of `points` steps each to a run of a seeded workspace. */
export function logSeries({ runs, clock }: Seeding, runId: string, size: { metrics: number; points: number }): void {
  const startTime = clock.now - 36_000_000;
  for (let metric = 0; metric < size.metrics; metric++) {
    const key = `layer_${metric % 50}/norm_${metric}`;
    const values = Array.from({ length: size.points }, (_, step) => ({
      key,
      step,
      value: Math.sin(step / 100 + metric),
      time: startTime + step * 1000,
    }));
    for (let start = 0; start < values.length; start += 1000) {
      runs.logBatch(runId, { metrics: values.slice(start, start + 1000) });
    }
  }
}

/** `count` finished runs `run-0` (the newest), `run-1`, … of one experiment, with one metric each. */
export function seedRuns({ runs, clock }: Seeding, count: number): void {
  const experimentId = runs.createExperiment({ name: 'many' });
  for (let i = 0; i < count; i++) {
    const startTime = clock.now - i * 1000;
    const { runId } = runs.createRun({ experimentId, userId: 'bench', name: `run-${i}`, startTime });
    runs.logBatch(runId, { metrics: [{ key: 'roc_auc', value: i / 10_000, time: startTime, step: 0 }] });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 500 });
  }
}
