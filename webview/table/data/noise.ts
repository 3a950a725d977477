// How far a metric goes from repeat to repeat: a difference within that says nothing.
import { useMemo } from 'react';
import type { TableGroup } from '../../../src/protocol/runs/run-table';
import { useLive } from '../../kit/host/live';
import type { Shelf } from './shelf';
import { type GroupCells, groupCells, groupKey, useShelfVersion } from './table-data';

/** Milliseconds between two looks while runs change. */
const rest = 3000;
/** Fewer say too little of their spread. */
const fewest = 3;

interface NoiseOptions {
  baseline: string | null;
  groups: readonly TableGroup[];
  shelf: Shelf<GroupCells>;
  /** The ids of those that are shown. */
  columns: readonly string[];
}

/**
 * Two standard deviations of the difference of two runs, by column: of the runs that the baseline is grouped with, else of
 * those that differ from it in their seed or fold alone. Empty where there are fewer than three.
 */
export function useNoise({ baseline, groups, shelf, columns }: NoiseOptions): ReadonlyMap<string, number> {
  const grouped = useGroupOf(baseline, { groups, shelf });
  const repeats = useRepeats(groups.length > 0 ? null : baseline, columns);
  const cells = grouped ?? repeats;
  return useMemo(() => {
    const noise = new Map<string, number>();
    for (const [id, cell] of cells ?? []) {
      const isKnown = cell?.kind === 'number' && cell.sd !== null && cell.count >= fewest;
      if (isKnown && cell.sd !== null) noise.set(id, 2 * Math.SQRT2 * cell.sd);
    }
    return noise;
  }, [cells]);
}

function useGroupOf(
  baseline: string | null,
  { groups, shelf }: Pick<NoiseOptions, 'groups' | 'shelf'>,
): GroupCells['cells'] | undefined {
  const version = useShelfVersion(shelf);
  const home = useMemo(
    () => (baseline === null ? undefined : groups.find(({ runIds }) => runIds.includes(baseline))),
    [baseline, groups],
  );
  // biome would not see that the shelf changes in place: its version says so.
  return useMemo(
    () => (version >= 0 && home !== undefined ? shelf.get(groupKey(home))?.cells : undefined),
    [version, home, shelf],
  );
}

function useRepeats(baseline: string | null, columns: readonly string[]): GroupCells['cells'] | undefined {
  const metrics = columns.filter((id) => id.startsWith('metric.'));
  const isWanted = baseline !== null && metrics.length > 0;
  const { value, isCurrent } = useLive<GroupCells['cells'] | null>({
    key: isWanted ? JSON.stringify([baseline, metrics]) : '',
    rest,
    load: async (host, signal) => {
      const runId = baseline ?? '';
      const repeats = await host.query('comparison.repeats', { runId }, signal);
      if (repeats.length + 1 < fewest) return null;
      const [found] = await host.query('table.summaries', { sets: [[runId, ...repeats]], columns: metrics }, signal);
      return found === undefined ? null : groupCells(metrics, found).cells;
    },
  });
  return isWanted && isCurrent ? (value ?? undefined) : undefined;
}
