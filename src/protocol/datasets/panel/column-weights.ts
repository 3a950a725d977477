// How much each column counts in the model, told as shares: as slipway.yaml says, or as a run that used the data logged it.
import type { Drift, DriftColumn } from '../drift';

/** By column; a column that is not named has no known weight. */
export type ColumnWeights = Readonly<Record<string, number>>;

/** The artifact `file` of a run, and the model that the run made: `delay/3, champion`; null where it is registered as none. */
export interface WeightSource {
  runId: string;
  run: string;
  file: string;
  model: string | null;
}

/** `source` null: slipway.yaml says so, or nothing is known. Else the names are those of a model's features. */
export interface KnownWeights {
  weights: ColumnWeights;
  source: WeightSource | null;
}

/** What slipway.yaml says is meant for columns. A model's features are added up into columns: `onehot__origin_JFK` is of `origin`. */
export function columnWeights(
  { weights, source }: KnownWeights,
  drift: Pick<Drift, 'columns' | 'skipped'> | null,
): ColumnWeights {
  if (source === null || drift === null) return weights;
  const names = new Set([...drift.columns, ...drift.skipped].map(({ column }) => column));
  const sums = new Map<string, number>();
  for (const [feature, weight] of Object.entries(weights)) {
    const column = columnOf(feature, names) ?? feature;
    sums.set(column, (sums.get(column) ?? 0) + weight);
  }
  return Object.fromEntries(sums);
}

/** By its whole name, without the step of a pipeline before it, or as the value of a category. */
function columnOf(feature: string, names: ReadonlySet<string>): string | undefined {
  const bare = feature.replace(/^[^_]+(_[^_]+)*?__/, '');
  for (const name of [feature, bare]) {
    if (names.has(name)) return name;
    for (let end = name.lastIndexOf('_'); end > 0; end = name.lastIndexOf('_', end - 1))
      if (names.has(name.slice(0, end))) return name.slice(0, end);
  }
  return undefined;
}

/** `feature_importance_gain.json of run fox (delay/3, champion)`; of slipway.yaml its name. */
export function weightSourceText(source: WeightSource | null): string {
  if (source === null) return 'slipway.yaml';
  return `${source.file} of run ${source.run}${source.model === null ? '' : ` (${source.model})`}`;
}

/** Each weight as a share of all that are given, from 0 to 1, of the columns that were judged; none where all are 0. */
export function weightShares(columns: readonly DriftColumn[], weights: ColumnWeights): Map<string, number> {
  const all = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  if (!(all > 0)) return new Map();
  return new Map(
    columns.flatMap(({ column }): [string, number][] =>
      Object.hasOwn(weights, column) ? [[column, (weights[column] ?? 0) / all]] : [],
    ),
  );
}

/** `34 %`, `< 1 %`; `–` where it is not known. */
export function weightText(share: number | undefined): string {
  if (share === undefined) return '–';
  return share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`;
}
