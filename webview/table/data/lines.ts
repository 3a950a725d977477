// The rows of the grid: runs, or groups with the runs of those that are open.
import type { TableGroup } from '../../../src/protocol/runs/run-table';
import type { ListedRuns } from './listed-runs';
import { groupKey } from './table-data';

/** One row. `level` is 2 for a run within a group. */
export type Line =
  | { kind: 'run'; runId: string; level: 1 | 2 }
  | { kind: 'group'; key: string; group: TableGroup; isOpen: boolean };

/** All rows in order. A group of one run is that run; the baseline, which stands above them, is left out of a plain list. */
export function linesOf(rows: ListedRuns, expanded: ReadonlySet<string>, baseline: string | null): Line[] {
  if (rows.groups === null) {
    const runIds = baseline === null ? rows.runIds : rows.runIds.filter((runId) => runId !== baseline);
    return runIds.map((runId) => ({ kind: 'run', runId, level: 1 }));
  }
  const lines: Line[] = [];
  for (const group of rows.groups) {
    const [only] = group.runIds;
    if (group.runIds.length === 1 && only !== undefined) {
      lines.push({ kind: 'run', runId: only, level: 1 });
      continue;
    }
    const key = groupKey(group);
    const isOpen = expanded.has(key);
    lines.push({ kind: 'group', key, group, isOpen });
    if (isOpen) for (const runId of group.runIds) lines.push({ kind: 'run', runId, level: 2 });
  }
  return lines;
}

/** The run of a row, if it is one's. */
export function runOf(line: Line | undefined): string | undefined {
  return line?.kind === 'run' ? line.runId : undefined;
}

/** The runs of a row: its own, or all of its group. */
export function runsOf(line: Line | undefined): readonly string[] {
  if (line === undefined) return [];
  return line.kind === 'run' ? [line.runId] : line.group.runIds;
}
