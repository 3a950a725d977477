// Two files of predictions read, paired row by row, and the rows on which both models can be judged.
import type { ByteSource } from '../../../../platform/tables/byte-source';
import { ModelSide, type PairTruth, truthOf } from './model-rows';
import { pairRows, type RowPairs } from './row-pairs';
import type { PredictionTable } from './table/prediction-table';
import { readPredictions } from './table/read-predictions';
import { checkTruth, leaveOutMissing, type Task, taskOf } from './task';

/** Paired rows that are not judged: by whose prediction is missing, `silent` the candidate's alone; `unknown` without a truth. */
export interface LeftOut {
  leftOutBaseline: number;
  leftOutCandidate: number;
  unknown: number;
  silent: number;
}

/** Both models on their common rows. `judged`: the pairs with a truth of which both say something. */
export interface PairedModels {
  tables: { baseline: PredictionTable; candidate: PredictionTable };
  pairs: RowPairs;
  task: Task;
  sides: { baseline: ModelSide; candidate: ModelSide };
  truth: PairTruth;
  judged: Int32Array;
  leftOut: LeftOut;
}

/**
 * Reads and pairs; the pairs alone, which are none, where no row is common. `kind`: what is to be measured, null where the
 * values decide. `slices`: the further columns that are kept, the first ones where nothing is said. Throws SlipwayError `invalid` or `too-large` with what is wrong with a file.
 */
export async function pairModels(
  sources: { baseline: ByteSource; candidate: ByteSource },
  kind: Task['kind'] | undefined,
  slices?: readonly string[],
): Promise<PairedModels | RowPairs> {
  const options = slices === undefined ? {} : { slices };
  const tables = {
    baseline: await readPredictions(sources.baseline, options),
    candidate: await readPredictions(sources.candidate, options),
  };
  leaveOutMissing(tables);
  const pairs = pairRows(tables.baseline, tables.candidate);
  if (pairs.baseline.length === 0) return pairs;
  checkTruth(tables, pairs);
  const task = taskOf(tables, kind);
  const sides = {
    baseline: new ModelSide(tables.baseline, pairs.baseline, task),
    candidate: new ModelSide(tables.candidate, pairs.candidate, task),
  };
  const truth = truthOf(tables, pairs, task);
  return { tables, pairs, task, sides, truth, ...judgedPairs(sides, truth, pairs.baseline.length) };
}

/** Whether there is a common row. */
export function isPaired(found: PairedModels | RowPairs): found is PairedModels {
  return 'tables' in found;
}

function judgedPairs(
  { baseline, candidate }: { baseline: ModelSide; candidate: ModelSide },
  truth: PairTruth,
  count: number,
): { judged: Int32Array; leftOut: LeftOut } {
  const leftOut: LeftOut = { leftOutBaseline: 0, leftOutCandidate: 0, unknown: 0, silent: 0 };
  const judged: number[] = [];
  for (let pair = 0; pair < count; pair += 1) {
    const isKnown = (truth.classes[pair] ?? 0) >= 0 && !Number.isNaN(truth.numbers[pair] ?? 0);
    const [first, second] = [baseline.says(pair), candidate.says(pair)];
    if (!isKnown) leftOut.unknown += 1;
    else if (first && second) judged.push(pair);
    if (isKnown && !first) leftOut.leftOutBaseline += 1;
    if (isKnown && !second) leftOut.leftOutCandidate += 1;
    if (isKnown && first && !second) leftOut.silent += 1;
  }
  return { judged: Int32Array.from(judged), leftOut };
}
