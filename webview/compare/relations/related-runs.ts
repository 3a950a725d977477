// What the views of the section are about: the runs with their marks and sides, and the columns that were chosen.
import type { RelationsState } from '../../../src/protocol/comparison/compare-panel';
import type { Comparison } from '../../../src/protocol/comparison/comparison';
import type {
  Importance,
  RelatedRun,
  RelationColumn,
  RelationValue,
  RelationValues,
} from '../../../src/protocol/comparison/relations';
import { countText } from '../../../src/protocol/wording';

/** Everything a view draws. `importance` is undefined until it is known. */
export interface RelationView {
  values: RelationValues;
  target: RelationColumn;
  importance: Importance | undefined;
  comparison: Comparison;
  /** The number of each run's mark. */
  marks: readonly number[];
  state: RelationsState;
  change: (part: Partial<RelationsState>) => void;
  open: (run: number) => void;
}

/** The state of a panel that is new. */
export const firstRelations: RelationsState = {
  view: 'importance',
  target: null,
  stat: 'last',
  across: null,
  scaleX: null,
  scaleY: null,
  fromZero: true,
  axes: null,
  flipped: [],
  brushes: {},
};

/** The columns that may be what the others are held against: metrics, then the time a run took. */
export function outcomesOf({ columns }: RelationValues): RelationColumn[] {
  return columns.filter(({ of, values }) => of !== 'param' && values.some((value) => typeof value === 'number'));
}

/** The chosen outcome, else the first metric of the comparison, else one that has a direction. */
export function targetOf(values: RelationValues, target: string | null, compared: readonly string[]) {
  const outcomes = outcomesOf(values);
  const named = (id: string): RelationColumn | undefined => outcomes.find((column) => column.id === id);
  const wanted = [...(target === null ? [] : [target]), ...compared.map((name) => `metric:${name}`)];
  const first = wanted.map(named).find((column) => column !== undefined);
  return first ?? outcomes.find(({ direction }) => direction !== 'none') ?? outcomes[0];
}

/** Params from the strongest on, then metrics, the target left out: the order in which axes are offered. */
export function byStrength({ values, target, importance }: Pick<RelationView, 'values' | 'target' | 'importance'>) {
  const order = new Map((importance?.params ?? []).map(({ id }, place) => [id, place]));
  const rank = ({ id, of }: RelationColumn): number => (of === 'param' ? (order.get(id) ?? 500) : 1000);
  return values.columns.filter(({ id }) => id !== target.id).toSorted((a, b) => rank(a) - rank(b));
}

/** How many runs have no place on these axes, and why: `2 runs without lr, 1 NaN in roc_auc`; empty when all have one. */
export function missingText(columns: readonly RelationColumn[], runs: readonly RelatedRun[]): string {
  return columns
    .flatMap(({ name, kind, values }) => {
      const without = runs.filter((_, at) => (values[at] ?? null) === null).length;
      const texts = kind === 'level' ? [] : values.filter((value) => typeof value === 'string' && value !== '');
      return [
        ...(without === 0 ? [] : [`${countText(without, 'run')} without ${name}`]),
        ...countEach(texts).map(([text, count]) => `${count} with ${text} in ${name}`),
      ];
    })
    .join(', ');
}

function countEach(values: readonly RelationValue[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return [...counts];
}

/** Places of the runs from the best value of a column to the worst, those without one last. */
export function fromBest({ values, direction }: RelationColumn, runs: number): number[] {
  const sign = direction === 'down' ? 1 : -1;
  const height = (run: number): number => {
    const value = values[run];
    return typeof value === 'number' ? sign * value : Number.MAX_VALUE;
  };
  return Array.from({ length: runs }, (_, run) => run).sort((a, b) => height(a) - height(b) || a - b);
}
