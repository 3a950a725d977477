// One value a side of the comparison: that of its run, or the mean over its repeats.
import type { RelationView } from '../related-runs';

/** `first` is the place of its first run; `sd` (n − 1) null of fewer than two values; `count` of them. */
export interface SideValue {
  name: string;
  first: number;
  mean: number | null;
  sd: number | null;
  count: number;
  isBaseline: boolean;
  isBest: boolean;
}

/** The baseline, then the others from the best to the worst; those without a number last. */
export function sideValues({ values, target, comparison }: RelationView): SideValue[] {
  const places = new Map(values.runs.map(({ runId }, at) => [runId, at]));
  const sides = [comparison.baseline, ...comparison.candidates.map(({ candidate }) => candidate)];
  const found = sides.flatMap(({ name, runs }, at): SideValue[] => {
    const own = runs.map(({ runId }) => places.get(runId)).filter((place) => place !== undefined);
    const [first] = own;
    if (first === undefined) return [];
    const numbers = own.map((place) => target.values[place]).filter((value) => typeof value === 'number');
    return [{ name, first, ...momentsOf(numbers), isBaseline: at === 0, isBest: false }];
  });
  const sign = target.direction === 'down' ? 1 : -1;
  const height = ({ mean }: SideValue): number => (mean === null ? Number.MAX_VALUE : sign * mean);
  const sorted = found.toSorted((a, b) => height(a) - height(b));
  const [best] = sorted;
  return [...sorted.filter(({ isBaseline }) => isBaseline), ...sorted.filter(({ isBaseline }) => !isBaseline)].map(
    (side) => ({ ...side, isBest: side === best }),
  );
}

function momentsOf(values: readonly number[]): Pick<SideValue, 'mean' | 'sd' | 'count'> {
  const count = values.length;
  if (count === 0) return { mean: null, sd: null, count };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, sd: null, count };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (count - 1)), count };
}
