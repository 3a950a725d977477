// Two models by what they said of the same examples.

import type { ByteSource } from '../../../../platform/tables/byte-source';
import type { Flips, PredictionComparison } from '../../../../protocol/comparison/comparison';
import type { RowUnits } from '../../../../statistics/metrics/weighted-metric';
import { comparedMetrics, flipsOf, type JudgedModels } from './compared-metric';
import { chosenMetrics, wantedKind } from './metric-choice';
import { ModelSide, type PairTruth, truthOf } from './model-rows';
import type { PredictionTable } from './prediction-table';
import { readPredictions } from './read-predictions';
import { pairColumns, unitChoices, unitsOf } from './resampled-units';
import { pairRows, type RowPairs } from './row-pairs';
import { sliceResults } from './slice-results';
import { checkTruth, taskOf } from './task';

/** `metrics` by any name people give them, the usual ones when empty; `unit` the column whose rows belong together. */
export interface PredictionQuestion {
  metrics: readonly string[];
  unit: string | null;
}

/** How many row draws are spent on the metrics, and on the slices. */
const work = { metrics: 5e7, slices: 2e8 };
const mostDraws = 10_000;
const enoughDraws = 2000;
const fewestDraws = 200;
const mostIds = 20;

/**
 * Compares two files of predictions. The metrics' verdicts are all open: they depend on what else is judged with them.
 * Throws SlipwayError `invalid` or `too-large` with what is wrong with a file or a wish.
 */
export async function comparePredictions(
  sources: { baseline: ByteSource; candidate: ByteSource },
  { metrics: wanted, unit }: PredictionQuestion,
): Promise<PredictionComparison> {
  const kind = wantedKind(wanted);
  const tables = {
    baseline: await readPredictions(sources.baseline),
    candidate: await readPredictions(sources.candidate),
  };
  const pairs = pairRows(tables.baseline, tables.candidate);
  if (pairs.baseline.length === 0) return nothingCommon(pairs);
  checkTruth(tables, pairs);
  const task = taskOf(tables, kind);
  const sides = {
    baseline: new ModelSide(tables.baseline, pairs.baseline, task),
    candidate: new ModelSide(tables.candidate, pairs.candidate, task),
  };
  const truth = truthOf(tables, pairs, task);
  return judgedTogether({ tables, pairs, sides, truth }, { metrics: wanted, unit });
}

/** Both files and what became of them. */
interface PairedFiles {
  tables: { baseline: PredictionTable; candidate: PredictionTable };
  pairs: RowPairs;
  sides: { baseline: ModelSide; candidate: ModelSide };
  truth: PairTruth;
}

function judgedTogether(files: PairedFiles, { metrics: wanted, unit }: PredictionQuestion): PredictionComparison {
  const { tables, pairs, sides, truth } = files;
  const { judged, ...leftOut } = judgedPairs(sides, truth, pairs.baseline.length);
  const columns = pairColumns(tables, pairs);
  const units = unitsOf(judged, columns, unit);
  const models = modelsOf({ sides, truth, judged }, units, unit);
  const names = judged.length === 0 ? [] : chosenMetrics(wanted, models);
  const draws = drawsFor(judged.length);
  const [first] = names;
  const sliced = { sides, pairs: judged, truth, units: units.of, unit: models.unit, single: models.single };
  const choices = unitChoices(judged, columns);
  const { onlyBaseline, onlyCandidate } = pairs;
  return {
    metrics: comparedMetrics(models, names, draws),
    rows: {
      judged: judged.length,
      onlyBaseline,
      onlyCandidate,
      ...leftOut,
      unit,
      units: units.count,
      draws,
      unitChoices: choices,
    },
    flips: flipIds(models, { tables, pairs, judged }),
    slices:
      first === undefined
        ? []
        : sliceResults(sliced, {
            columns: columns.filter(({ name }) => name !== unit),
            metric: first,
            work: work.slices,
          }),
    cautions: cautionsOf(models, { pairs, judged, byOrder: tables.baseline.byOrder || tables.candidate.byOrder }),
  };
}

function modelsOf(
  { sides, truth, judged }: Pick<PairedFiles, 'sides' | 'truth'> & { judged: Int32Array },
  units: RowUnits,
  unit: string | null,
): JudgedModels {
  return {
    baseline: sides.baseline.rows(judged, truth, units),
    candidate: sides.candidate.rows(judged, truth, units),
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
      ...{ judged: 0, onlyBaseline, onlyCandidate, leftOutBaseline: 0, leftOutCandidate: 0, unknown: 0 },
      ...{ unit: null, units: 0, draws: 0, unitChoices: [] },
    },
    flips: null,
    slices: [],
    cautions: ['The two have no id in common, so there is no row to compare.'],
  };
}

interface LeftOut {
  leftOutBaseline: number;
  leftOutCandidate: number;
  unknown: number;
}

/** The pairs with a truth of which both models say something. */
function judgedPairs(
  { baseline, candidate }: { baseline: ModelSide; candidate: ModelSide },
  truth: PairTruth,
  count: number,
): LeftOut & { judged: Int32Array } {
  const left: LeftOut = { leftOutBaseline: 0, leftOutCandidate: 0, unknown: 0 };
  const judged: number[] = [];
  for (let pair = 0; pair < count; pair += 1) {
    const isKnown = (truth.classes[pair] ?? 0) >= 0 && !Number.isNaN(truth.numbers[pair] ?? 0);
    const [first, second] = [baseline.says(pair), candidate.says(pair)];
    if (!isKnown) left.unknown += 1;
    else if (first && second) judged.push(pair);
    if (isKnown && !first) left.leftOutBaseline += 1;
    if (isKnown && !second) left.leftOutCandidate += 1;
  }
  return { ...left, judged: Int32Array.from(judged) };
}

function flipIds(
  models: JudgedModels,
  { tables, pairs, judged }: { tables: { baseline: PredictionTable }; pairs: RowPairs; judged: Int32Array },
): Flips | null {
  const { baseline, candidate } = models;
  if (baseline.kind !== 'classes' || candidate.kind !== 'classes') return null;
  if (baseline.rows.predicted === undefined || candidate.rows.predicted === undefined) return null;
  const { fixed, broken, rows } = flipsOf(models);
  const ids = (sign: number): string[] => {
    const found: string[] = [];
    for (let place = 0; place < rows.length && found.length < mostIds; place += 1) {
      if (rows[place] === sign) found.push(tables.baseline.ids[pairs.baseline[judged[place] ?? 0] ?? 0] ?? '');
    }
    return found;
  };
  return { fixed, broken, fixedIds: ids(1), brokenIds: ids(-1) };
}

function cautionsOf(
  { baseline, candidate }: JudgedModels,
  { pairs, judged, byOrder }: { pairs: RowPairs; judged: Int32Array; byOrder: boolean },
): string[] {
  const cautions: string[] = [];
  if (byOrder) cautions.push('Rows were paired by their order, as an evaluation table of MLflow has no ids.');
  if (judged.length === 0)
    cautions.push(`Of ${pairs.baseline.length} common rows none has a truth and a prediction of both.`);
  const read = [baseline, candidate].filter(
    (each) => each.kind === 'classes' && each.fromScores && each.rows.predicted !== undefined,
  );
  if (read.length > 0)
    cautions.push('Labels were read off the scores: the second class from 0.5 on, or the class of the highest score.');
  return cautions;
}
