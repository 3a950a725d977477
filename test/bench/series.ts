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

/** `count` finished runs with so many params and metrics each, of which most differ: a table to sort and scroll in. */
export function seedTable({ runs, clock }: Seeding, size: { runs: number; params: number; metrics: number }): void {
  const experimentId = runs.createExperiment({ name: 'sweep' });
  const noise = (seed: number): number => (Math.sin(seed * 12.9898) * 43_758.5453) % 1;
  for (let i = 0; i < size.runs; i++) {
    const startTime = clock.now - 3_600_000 - i * 60_000;
    const { runId } = runs.createRun({ experimentId, userId: 'bench', name: `sweep-${i}`, startTime });
    const params = Array.from({ length: size.params }, (_, key) => ({
      key: key === 0 ? 'learning_rate' : key === 1 ? 'model' : key === 2 ? 'seed' : `param_${key}`,
      value: paramOf(key, i),
    }));
    const metrics = Array.from({ length: size.metrics }, (_, key) => ({
      key: key === 0 ? 'roc_auc' : key === 1 ? 'log_loss' : key === 2 ? 'f1' : `metric_${key}`,
      value: 0.9 + noise(i * 31 + key) / 20,
      time: startTime,
      step: 1,
    }));
    runs.logBatch(runId, { params: params.slice(0, 100), metrics });
    if (params.length > 100) runs.logBatch(runId, { params: params.slice(100) });
    runs.updateRun(runId, {
      status: i % 97 === 0 ? 'FAILED' : 'FINISHED',
      endTime: startTime + 1000 + (i % 300) * 100,
    });
  }
}

function paramOf(key: number, run: number): string {
  if (key === 0) return String([0.02, 0.05, 0.1, 0.2][Math.floor(run / 6) % 4]);
  if (key === 1) return ['gbm', 'rf', 'lr'][Math.floor(run / 24) % 3] ?? 'gbm';
  if (key === 2) return String(run % 6);
  return key % 5 === 0 ? 'same' : String((run * (key + 7)) % 50);
}
