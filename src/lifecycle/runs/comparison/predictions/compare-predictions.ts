// Two models by what they said of the same examples.

import type { ByteSource } from '../../../../platform/tables/byte-source';
import type { Flips, PredictionComparison } from '../../../../protocol/comparison/comparison';
import type { RowUnits } from '../../../../statistics/metrics/weighted-metric';
import { errorSummary } from '../evidence/error-summary';
import { comparedMetrics, type JudgedModels, type OnProgress } from './compared-metric';
import { flippedPlaces, flipsOf } from './flipped-rows';
import { chosenMetrics, wantedKind } from './metric-choice';
import { rowsOfSides } from './model-rows';
import { isPaired, type PairedModels, pairSources } from './paired-models';
import { pairColumns, unitChoices, unitsOf } from './resampled-units';
import type { OfSides, RowPairs } from './row-pairs';
import { sliceResults } from './slice-results';
import type { Task } from './task';

/**
 * `metrics` by any name people give them, the usual ones when empty; `unit` the column whose rows belong together;
 * `isPaired`: the files of both sides are repeats in one order of seeds.
 */
export interface PredictionQuestion {
  metrics: readonly string[];
  unit: string | null;
  isPaired: boolean;
  onProgress?: OnProgress;
}

/** How many row draws are spent on the metrics, and on the slices. */
const work = { metrics: 5e7, slices: 2e8 };
const mostDraws = 10_000;
const enoughDraws = 2000;
const fewestDraws = 200;
const mostIds = 20;

/** As `compareSides`, of two files. */
export function comparePredictions(
  { baseline, candidate }: { baseline: ByteSource; candidate: ByteSource },
  question: Omit<PredictionQuestion, 'isPaired'>,
): Promise<PredictionComparison> {
  return compareSides({ baseline: [baseline], candidate: [candidate] }, { ...question, isPaired: false });
}

/**
 * Compares the predictions of two sides, each a file or one of every repeat. The metrics' verdicts are all open: they
 * depend on what else is judged with them. Throws SlipwayError `invalid` or `too-large` with what is wrong with a file or a wish.
 */
export async function compareSides(
  sources: OfSides<ByteSource>,
  question: PredictionQuestion,
): Promise<PredictionComparison> {
  question.onProgress?.('Reading predictions', 0, 0);
  const found = await pairSources(sources, wantedKind(question.metrics));
  return isPaired(found) ? judgedTogether(found, question) : nothingCommon(found);
}

function judgedTogether(paired: PairedModels, question: PredictionQuestion): PredictionComparison {
  const { metrics: wanted, unit, onProgress } = question;
  const { tables, pairs, sides, truth, judged, leftOut, task } = paired;
  const columns = pairColumns(tables, pairs);
  const units = unitsOf(judged, columns, unit);
  const models = modelsOf(paired, units, question);
  const all = [...models.baseline, ...models.candidate];
  const names = judged.length === 0 ? [] : chosenMetrics(wanted, all);
  const draws = drawsFor((judged.length * all.length) / 2);
  const [first] = names;
  const { unit: unitName, single, isPaired: inOrder } = models;
  const sliced = { sides, pairs: judged, truth, units: units.of, unit: unitName, single, isPaired: inOrder };
  const sliceWork = (2 * work.slices) / all.length;
  const sliceColumns = columns.filter(({ name }) => name !== unit);
  const { onlyBaseline, onlyCandidate } = pairs;
  const onDraws = (done: number): void => onProgress?.('Resampling rows', done, draws);
  const metrics = comparedMetrics(models, names, { draws, onDraws });
  return {
    metrics,
    rows: {
      judged: judged.length,
      onlyBaseline,
      onlyCandidate,
      ...leftOut,
      unit,
      units: units.count,
      withoutUnit: units.without,
      draws,
      unitChoices: unitChoices(judged, columns),
    },
    flips: flipIds(models, paired),
    errors: errorSummary(paired, models),
    slices:
      first === undefined
        ? []
        : sliceResults(sliced, { columns: sliceColumns, metric: first, work: sliceWork, onProgress }),
    cautions: [...orderCautions(tables), ...positiveCautions(task, metrics), ...cautionsOf(models, pairs, judged)],
  };
}

function modelsOf(
  { sides, truth, judged }: PairedModels,
  units: RowUnits,
  { unit, isPaired: inOrder }: PredictionQuestion,
): JudgedModels {
  return {
    ...rowsOfSides(sides, { judged, truth, units }),
    isPaired: inOrder,
    units: units.count,
    unit: unit === null ? 'rows' : `values of ${unit}`,
    single: unit === null,
  };
}

/** Many where that is quick, two thousand of a hundred thousand rows, and fewer beyond. */
function drawsFor(rows: number): number {
  const quick = Math.min(mostDraws, work.metrics / rows);
  return Math.floor(Math.max(quick, Math.min(enoughDraws, (4 * work.metrics) / rows), fewestDraws));
}

function nothingCommon({ onlyBaseline, onlyCandidate }: RowPairs): PredictionComparison {
  return {
    metrics: [],
    rows: {
      ...{ judged: 0, onlyBaseline, onlyCandidate, leftOutBaseline: 0, leftOutCandidate: 0, unknown: 0, silent: 0 },
      ...{ unit: null, units: 0, withoutUnit: 0, draws: 0, unitChoices: [] },
    },
    flips: null,
    errors: null,
    slices: [],
    cautions: ['The two have no id in common, so there is no row to compare.'],
  };
}

function flipIds(models: JudgedModels, { tables, pairs, judged }: PairedModels): Flips | null {
  const all = [...models.baseline, ...models.candidate];
  if (all.some(({ kind, rows }) => kind === 'classes' && rows.predicted === undefined)) return null;
  const { fixed, broken } = flipsOf(models);
  const ids = (flip: 'fixed' | 'broken'): string[] =>
    flippedPlaces(models, flip)
      .slice(0, mostIds)
      .map((place) => tables.baseline.ids[pairs.baseline[judged[place] ?? 0] ?? 0] ?? '');
  return { of: all[0]?.kind ?? 'classes', fixed, broken, fixedIds: ids('fixed'), brokenIds: ids('broken') };
}

function orderCautions({ baseline, candidate }: PairedModels['tables']): string[] {
  const bare = [baseline, candidate].filter(({ byOrder }) => byOrder);
  if (bare.length === 2) return ['Rows were paired by their order, as these evaluation tables of MLflow have no ids.'];
  return bare.map(({ name }) => `${name} has no ids: the places of its rows, from 0 on, were taken for them.`);
}

/** Classes that say themselves which of them is the positive one. */
const plainPositives = new Set(['1', 'true', 'yes', 'positive', 'pos']);

/** Which of two classes scores are of is a convention: with the other one every ranking is turned round. */
function positiveCautions(task: Task, metrics: PredictionComparison['metrics']): string[] {
  if (task.kind !== 'classes' || task.classes.length !== 2) return [];
  const [other = '', positive = ''] = task.classes;
  const area = metrics.find(({ metric }) => metric === 'roc_auc');
  const isTurned = [area?.baseline, area?.candidate].every((value) => typeof value === 'number' && value < 0.5);
  if (isTurned)
    return [`Both rank worse than chance: are the scores of ${other}? They were taken for those of ${positive}.`];
  if (plainPositives.has(positive.toLowerCase())) return [];
  return [`Scores were taken for those of ${positive}, the second of the two classes in order.`];
}

function cautionsOf({ baseline, candidate }: JudgedModels, pairs: RowPairs, judged: Int32Array): string[] {
  const cautions: string[] = [];
  if (judged.length === 0)
    cautions.push(`Of ${pairs.baseline.length} common rows none has a truth and a prediction of both.`);
  const read = [...baseline, ...candidate].filter(
    (each) => each.kind === 'classes' && each.fromScores && each.rows.predicted !== undefined,
  );
  if (read.length > 0)
    cautions.push('Labels were read off the scores: the second class from 0.5 on, or the class of the highest score.');
  return cautions;
}
