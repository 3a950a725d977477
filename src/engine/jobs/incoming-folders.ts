// The folder of an imported run waits until its rows are there; an engine that died in between is succeeded by one that
// looks.
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunsService } from '../../lifecycle/runs/service';
import type { WorkspaceLayout } from '../../protocol/folder/layout';

/** Moves the folders of runs that are there to their places. */
export function placeFolders({ layout, runs }: { layout: WorkspaceLayout; runs: RunsService }): void {
  if (!existsSync(layout.incoming)) return;
  for (const runId of readdirSync(layout.incoming)) {
    if (runs.findRun(runId) === undefined || existsSync(layout.run(runId))) continue;
    mkdirSync(dirname(layout.run(runId)), { recursive: true });
    renameSync(`${layout.incoming}/${runId}`, layout.run(runId));
    runs.context.events.runChanged(runId);
  }
}
