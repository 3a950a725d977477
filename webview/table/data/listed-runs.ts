// The order of all rows, and the name of every run that was ever listed, for rows whose cells are still on their way.
import { type RefObject, useMemo, useRef } from 'react';
import type { RunFilter } from '../../../src/protocol/runs/run-filter';
import type { TableGroup, TableRow, TableRows, TableView } from '../../../src/protocol/runs/run-table';
import type { Host } from '../../kit/host/host';
import { type Live, useLive } from '../../kit/host/live';

/** Milliseconds between two looks while runs change. */
const rest = 1500;

/** The runs that a filter finds, in order; in `groups` instead where they are grouped. `all`: how many there are without it. */
export interface ListedRuns {
  all: number;
  runIds: string[];
  groups: readonly TableGroup[] | null;
  names: ReadonlyMap<string, string>;
}

/** The rows in sight, asked for with the order, so that they need not be asked for after it. */
export interface RowsInSight {
  from: number;
  count: number;
  columns: string[];
  /** `asked`: when, in milliseconds of `performance.now()`. */
  learn: (columns: readonly string[], rows: readonly TableRow[], asked: number) => void;
}

/** The order of all rows; the last one stays while another is worked out. */
export function useListedRuns(
  filter: RunFilter,
  { sort, groupBy }: TableView,
  sight: RefObject<RowsInSight | null>,
): Live<ListedRuns> {
  const names = useRef<ReadonlyMap<string, string>>(new Map());
  const live = useLive<Order>({
    key: JSON.stringify([filter, sort, groupBy]),
    rest,
    load: (host, signal) => askOrder(host, { query: { filter, sort, groupBy }, signal, names, sight: sight.current }),
  });
  const rows = useMemo(
    () => live.value && { ...live.value, runIds: split(live.value.runIds), names: names.current },
    [live.value],
  );
  return { ...live, value: rows };
}

type Order = Pick<TableRows, 'all' | 'runIds' | 'groups'>;

interface Asked {
  query: { filter: RunFilter } & Pick<TableView, 'sort' | 'groupBy'>;
  signal: AbortSignal;
  names: { current: ReadonlyMap<string, string> };
  sight: RowsInSight | null;
}

/** Names are asked for only when a run is listed that was not listed before. */
async function askOrder(host: Host, { query, signal, names, sight }: Asked): Promise<Order> {
  const known = names.current;
  const seen = sight === null ? null : { from: sight.from, count: sight.count, columns: sight.columns };
  const ask = (named: boolean): Promise<TableRows> =>
    host.query('table.rows', { ...query, named, sight: seen }, signal);
  const asked = performance.now();
  let rows = await ask(known.size === 0);
  if (known.size > 0 && listed(rows).some((runId) => !known.has(runId))) rows = await ask(true);
  const { all, runIds, groups, names: told, sight: cells } = rows;
  if (told !== null)
    names.current = new Map([...known, ...listed(rows).map((runId, at) => [runId, told[at] ?? ''] as const)]);
  if (sight !== null) sight.learn(sight.columns, cells, asked);
  return { all, runIds, groups };
}

function listed({ runIds, groups }: Order): readonly string[] {
  return groups?.flatMap((group) => group.runIds) ?? split(runIds);
}

function split(runIds: string): string[] {
  return runIds === '' ? [] : runIds.split(' ');
}
