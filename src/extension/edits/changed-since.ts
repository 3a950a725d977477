// A step is taken back only where it still holds: what somebody else has changed since is theirs.
import { l10n } from 'vscode';
import type { EngineClient } from '../../client/engine-client';
import type { RunDetail } from '../../protocol/run';
import type { RunChange } from '../../protocol/runs/run-change';

/** How many runs are asked for at once. */
const slice = 20;

/** A sentence on the first run that is not as these changes left it any more; undefined when all are. */
export async function changedSince(client: EngineClient, changes: readonly RunChange[]): Promise<string | undefined> {
  for (let from = 0; from < changes.length; from += slice) {
    const part = changes.slice(from, from + slice);
    const runs = await Promise.all(part.map(({ runId }) => client.api.runs.get.query({ runId })));
    for (const [index, run] of runs.entries()) {
      const change = part[index];
      if (change !== undefined && !holds(run, change)) {
        return l10n.t('{0} was changed elsewhere since, so that step is not taken back.', run.name);
      }
    }
  }
  return undefined;
}

function holds(run: RunDetail, { name, starred, archived, deleted, tags = {} }: RunChange): boolean {
  const values = new Map(run.tags.map(({ key, value }) => [key, value]));
  return (
    (name === undefined || run.name === name) &&
    (starred === undefined || run.starred === starred) &&
    (archived === undefined || run.archived === archived) &&
    (deleted === undefined || (run.deletedTime !== null) === deleted) &&
    Object.entries(tags).every(([key, value]) => (values.get(key) ?? null) === value)
  );
}
