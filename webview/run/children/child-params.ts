// The params that tell child runs apart: what a search tried.
import { useMemo } from 'react';
import type { RunSummary } from '../../../src/protocol/run';
import type { ColumnInfo, TableCell, TableRow } from '../../../src/protocol/runs/run-table';
import { useLive } from '../../kit/host/live';

/** So many are shown; the runs table has all of them. */
const most = 3;
const kind = 'param:';

/** Their names, and by a run's id its values in that order. */
export interface ChildParams {
  names: readonly string[];
  cells: ReadonlyMap<string, readonly TableCell[]>;
}

/** Those of the runs below the run `runId`; none until they are known. */
export function useChildParams(runId: string, runs: readonly RunSummary[]): ChildParams {
  const runIds = runs.map((run) => run.runId);
  const { value } = useLive<{ names: string[]; rows: TableRow[] }>({
    key: runIds.length < 2 ? '' : runIds.toSorted().join(' '),
    rest: 5000,
    load: async (host, signal) => {
      const { items } = await host.query('table.columns', { filter: { parents: [runId] }, of: 'some' }, signal);
      const columns = items.filter(isTelling).sort(mostFilled).slice(0, most);
      const ids = columns.map(({ id }) => id);
      const rows = ids.length === 0 ? [] : await host.query('table.cells', { runIds, columns: ids }, signal);
      return { names: ids.map((id) => id.slice(kind.length)), rows };
    },
  });
  return useMemo(
    () => ({ names: value?.names ?? [], cells: new Map((value?.rows ?? []).map((row) => [row.runId, row.cells])) }),
    [value],
  );
}

function isTelling({ id, varies, runs }: ColumnInfo): boolean {
  return varies && runs > 1 && id.startsWith(kind);
}

function mostFilled(left: ColumnInfo, right: ColumnInfo): number {
  return right.runs - left.runs;
}
