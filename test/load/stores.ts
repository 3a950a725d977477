// Stores of many runs, each with 20 metrics and 10 params, written through the service an engine writes with.
import { type Seeding, seedWorkspace } from '../engine/seeded-workspace';

/** The folder of a workspace with `count` finished runs in the experiment `many`. */
export function storeOf(count: number): string {
  return seedWorkspace((seeding) => fill(seeding, count));
}

function fill({ runs, clock }: Seeding, count: number): void {
  const experimentId = runs.createExperiment({ name: 'many' });
  for (let run = 0; run < count; run++) {
    const startTime = clock.now - (count - run) * 1000;
    const { runId } = runs.createRun({ experimentId, userId: 'load', name: `run-${run}`, startTime });
    runs.logBatch(runId, {
      metrics: Array.from({ length: 20 }, (_, metric) => ({
        key: `m${metric}`,
        value: ((run * 7919 + metric * 104729) % 100_003) / 100_003,
        time: startTime,
        step: 0,
      })),
      params: Array.from({ length: 10 }, (_, param) => ({ key: `p${param}`, value: String(run % (param + 2)) })),
    });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 500 });
  }
}
