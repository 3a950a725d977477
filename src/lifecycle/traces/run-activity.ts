// A run that traces requests is alive, also when it logs nothing else.
import type { TracesContext } from './context';

/** Says that these runs have new traces; one that goes on is known to be active. Runs there are none of are passed over. */
export function tellRuns({ runs, events }: TracesContext, runIds: readonly string[]): void {
  for (const runId of runIds) {
    const run = runs.findRun(runId);
    if (run === undefined) continue;
    if (run.status === 'RUNNING' && run.lifecycleStage === 'active') runs.logBatch(runId, {});
    events.runChanged(runId);
  }
}
