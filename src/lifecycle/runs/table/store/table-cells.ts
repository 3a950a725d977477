// The cells of the rows that a table shows, and what its groups have in common.
import type { Database } from '../../../../platform/sqlite/database';
import type { RunState } from '../../../../protocol/run';
import type { TableCellsQuery, TableRow, TableSummariesQuery, TableSummary } from '../../../../protocol/runs/run-table';
import { countedPlaces, summaryOf } from '../group-summary';
import { type TableAsked, TableStates, tableRunsById } from './found-runs';
import { columnsOf, valuesOf } from './shown-values';

/** The rows of these runs, in that order; runs that are gone or in the trash are left out. */
export function tableCells(
  database: Database,
  { runIds, columns, ...asked }: TableCellsQuery & TableAsked,
): TableRow[] {
  const runs = tableRunsById(database, runIds);
  const values = valuesOf(database, runs, { columns: columnsOf(columns), asked });
  const states = new TableStates(database, asked);
  return runs.map((run, at) => ({
    runId: run.runId,
    name: run.name,
    state: states.of(run),
    startTime: run.startTime,
    starred: run.starred === 1,
    archived: run.archived === 1,
    cells: values.map((cells) => cells[at] ?? null),
  }));
}

/** What each set of runs has in common. */
export function tableSummaries(
  database: Database,
  { sets, columns, ...asked }: TableSummariesQuery & TableAsked,
): TableSummary[] {
  const parsed = columnsOf(columns);
  const states = new TableStates(database, asked);
  const found = tableRunsById(database, [...new Set(sets.flat())]);
  const placeOf = new Map(found.map(({ runId }, place) => [runId, place]));
  const values = valuesOf(database, found, { columns: parsed, asked });
  const stateAt = found.map((run) => states.of(run));
  const isFinished = stateAt.map((state) => state === 'finished');
  return sets.map((set) => {
    const places = set.map((runId) => placeOf.get(runId)).filter((place) => place !== undefined);
    return {
      runs: places.length,
      states: countStates(places.map((place) => stateAt[place])),
      cells: parsed.map((column, at) => {
        return summaryOf(
          column,
          countedPlaces(column, places, isFinished).map((place) => values[at]?.[place] ?? null),
        );
      }),
    };
  });
}

function countStates(states: readonly (RunState | undefined)[]): Partial<Record<RunState, number>> {
  const counts: Partial<Record<RunState, number>> = {};
  for (const state of states) if (state !== undefined) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
