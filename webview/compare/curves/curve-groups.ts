// Which runs each curve of a comparison is of, as the panel's state has it.
import { useMemo } from 'react';
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import type { Comparison } from '../../../src/protocol/comparison/comparison';
import type { GroupView } from '../../kit/chart/curve';
import { useLive } from '../../kit/host/live';
import type { Marks } from '../head/agreed-marks';
import { type CurveRuns, curveRuns, type ParamValues } from './run-groups';

/** The curves with their names; `group` is what curves of several runs are, null where each is of one. */
export interface CurveGroups {
  curves: readonly CurveRuns[];
  group: GroupView | null;
  /** The params by which runs can be grouped; none until they were asked for. */
  params: readonly string[];
  /** False while it is not known what belongs together. */
  isKnown: boolean;
}

/** `mayAsk`: whether the params may be asked for, where nothing needs them yet. */
export function useCurveGroups(
  comparison: Comparison | undefined,
  state: ComparePanelState,
  { marks, mayAsk }: { marks: Marks; mayAsk: boolean },
): CurveGroups {
  const { runIds, groupBy, centre, spread } = state;
  const byParam = groupBy === null || groupBy === 'side' ? null : groupBy.param;
  const params = useParams(mayAsk || byParam !== null ? runIds : []);
  const values = (byParam === null ? undefined : params?.get(byParam)) ?? noValues;
  const curves = useMemo(
    () => curveRuns(comparison, runIds, { groupBy, values, marks }),
    [comparison, runIds, groupBy, values, marks],
  );
  const group = useMemo<GroupView | null>(
    () => (groupBy === null ? null : { centre, spread }),
    [groupBy, centre, spread],
  );
  const isKnown = byParam !== null ? params !== undefined : groupBy === null || comparison !== undefined;
  return { curves, group, params: [...(params?.keys() ?? [])], isKnown };
}

const noValues: ParamValues = new Map();

/** The params in which the runs differ, each with its value for every run that has one; undefined until they are known. */
function useParams(runIds: readonly string[]): ReadonlyMap<string, ParamValues> | undefined {
  const { value, error } = useLive({
    key: runIds.length === 0 ? '' : JSON.stringify(runIds),
    rest: 3000,
    load: (host, signal) => host.query('comparison.values', { runIds: [...runIds], stat: 'last' }, signal),
  });
  return useMemo(() => {
    if (value === undefined && error === undefined) return undefined;
    const columns = (value?.columns ?? []).filter(({ of }) => of === 'param');
    return new Map(
      columns.map(({ name, values }) => {
        const known = (value?.runs ?? []).flatMap(({ runId }, index): [string, string][] => {
          const each = values[index] ?? null;
          return each === null ? [] : [[runId, String(each)]];
        });
        return [name, new Map(known)];
      }),
    );
  }, [value, error]);
}
