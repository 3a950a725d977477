// Groups of the runs table stand in the order of the numbers that are shown of them.
import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startEngine } from './engine-process';
import { type Seeding, seedWorkspace } from './seeded-workspace';

/** `best` has two finished runs at .95 and one that failed early; `second` two at .8. */
function seed({ runs, clock }: Seeding): void {
  const experimentId = runs.createExperiment({ name: 'delay' });
  const make = (model: string, auc: number, status: 'FINISHED' | 'FAILED'): void => {
    clock.now += 1000;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name: model, startTime: clock.now });
    runs.logBatch(runId, {
      params: [{ key: 'model', value: model }],
      metrics: [{ key: 'auc', value: auc, time: clock.now, step: 0 }],
    });
    runs.updateRun(runId, { status, endTime: clock.now + 10 });
  };
  make('best', 0.95, 'FINISHED');
  make('best', 0.95, 'FINISHED');
  make('best', 0.1, 'FAILED');
  make('second', 0.8, 'FINISHED');
  make('second', 0.8, 'FINISHED');
  make('only-failed', 0.99, 'FAILED');
  make('only-failed', 0.99, 'FAILED');
}

it('a run that failed early does not move its group below one of which a worse mean is shown', async () => {
  const workspace = seedWorkspace(seed);
  try {
    await using engine = await startEngine({ workspace });
    const { table } = engine.client.api;
    const { groups } = await table.rows.query({
      filter: {},
      sort: [{ column: 'metric.last:auc', descending: true }],
      groupBy: ['param:model'],
    });
    expect(groups?.map(({ values }) => values)).toEqual([['best'], ['second'], ['only-failed']]);
    const sets = groups?.map(({ runIds }) => runIds) ?? [];
    const shown = await table.summaries.mutate({ sets, columns: ['metric.last:auc'] });
    expect(shown.map(({ cells: [cell] }) => (cell?.kind === 'number' ? cell.mean : null))).toEqual([0.95, 0.8, null]);
  } finally {
    rmSync(workspace, { recursive: true });
  }
});
