// What the model would say if one value were another.
import { performance } from 'node:perf_hooks';
import { SlipwayError } from '../../../base/errors';
import type { WhatIfCurve, WhatIfQuery } from '../../../protocol/inference/explain/explanation';
import { partialDependence, valueGrid } from '../../../statistics/explain/partial-dependence';
import type { RunningModel } from '../running-model';
import { comparedRow, type ExplainSurroundings, predictorOf } from './explained-model';
import type { FeatureSpace } from './feature-space';

const mostPoints = 40;
const mostCategories = 20;
/** Curves of background rows that are told; the mean is of all. */
const toldCurves = 30;

/** Throws SlipwayError as `ExplainQuestions` says, and `invalid` for a feature that there is not. */
export async function whatIf(
  model: RunningModel,
  query: WhatIfQuery,
  surroundings: ExplainSurroundings,
): Promise<WhatIfCurve> {
  const start = performance.now();
  const { space, output, row, background, taken, notes } = await comparedRow(model, query, surroundings.open);
  const feature = featureOf(space, query.feature);
  const { width } = space;
  const rows = Float64Array.from([...row, ...background]);
  const grid = gridOf(space, feature, rows);
  const places = Array.from(grid, (code) => space.value(feature, code) as number | string | boolean);
  const total = (grid.length * rows.length) / width + 1;
  const reading = { outputs: [output.output], numbers: output.numbers, total, what: 'Trying other values' };
  const predict = predictorOf(model, space, reading, surroundings);
  const single = await predict(row, 1);
  const own = await partialDependence(predict, { rows: row, width, feature }, grid);
  const { mean, curves } = await partialDependence(predict, { rows: background, width, feature }, grid);
  return {
    output: output.output,
    class: output.class,
    feature: query.feature,
    kind: space.features[feature]?.kind ?? 'number',
    value: space.value(feature, row[feature] as number),
    prediction: single[0] as number,
    grid: places,
    own: [...own.mean],
    mean: [...mean],
    curves: curves.slice(0, toldCurves).map((curve) => [...curve]),
    background: taken,
    notes,
    milliseconds: performance.now() - start,
  };
}

function featureOf(space: FeatureSpace, name: string): number {
  const place = space.features.findIndex((feature) => feature.name === name);
  if (place >= 0) return place;
  const names = space.features.map((feature) => feature.name).join(', ');
  throw new SlipwayError('invalid', `The model has no feature ${name}. It has ${names}.`);
}

/** Numbers ascending; categories from the most frequent on. The row's own value is among them. */
function gridOf(space: FeatureSpace, feature: number, rows: Float64Array): Float64Array {
  const values = rows.filter((_, at) => at % space.width === feature);
  const [own = 0, ...others] = values;
  if (space.features[feature]?.kind === 'category') return frequentValues(own, others);
  const grid = valueGrid(Float64Array.from(others), mostPoints);
  const near = Array.from(grid, (value) => space.nearest(feature, value));
  const all = new Set(Number.isFinite(own) ? [...near, own] : near);
  if (all.size > 0) return Float64Array.from(all).sort();
  throw new SlipwayError(
    'invalid',
    `${space.features[feature]?.name} is missing in the row and in all rows of the background.`,
  );
}

function frequentValues(own: number, others: readonly number[]): Float64Array {
  const counts = new Map<number, number>([[own, 0]]);
  for (const code of others) counts.set(code, (counts.get(code) ?? 0) + 1);
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  const shown = frequent.slice(0, mostCategories);
  return Float64Array.from(shown.includes(own) ? shown : [...shown.slice(0, -1), own]);
}
