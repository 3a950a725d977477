// Files of predictions of two sides read, paired row by row, and the rows on which all models can be judged.
import { SlipwayError } from '../../../../base/errors';
import type { ByteSource } from '../../../../platform/tables/byte-source';
import { ModelSide, type PairTruth, truthOf } from './model-rows';
import { type OfSides, pairRows, type RowPairs } from './row-pairs';
import type { PredictionTable, TableTerms } from './table/prediction-table';
import { readPredictions } from './table/read-predictions';
import { checkTruth, leaveOutMissing, type Task, taskOf } from './task';

/**
 * Paired rows that are not judged: by whose prediction is missing, of any of its models; `silent` where some candidate
 * says nothing and every baseline does; `unknown` without a truth.
 */
export interface LeftOut {
  leftOutBaseline: number;
  leftOutCandidate: number;
  unknown: number;
  silent: number;
}

/**
 * The models of both sides on their common rows: one of each, or repeats. `tables`: the first file of each side, which says
 * what else is known of the rows. `judged`: the pairs with a truth of which all say something.
 */
export interface PairedModels {
  tables: { baseline: PredictionTable; candidate: PredictionTable };
  pairs: RowPairs;
  task: Task;
  sides: OfSides<ModelSide>;
  truth: PairTruth;
  judged: Int32Array;
  leftOut: LeftOut;
}

/** So many rows of all files together are held. */
const mostRows = 4_000_000;

/** As `pairSources`, of one file of each side. */
export function pairModels(
  { baseline, candidate }: { baseline: ByteSource; candidate: ByteSource },
  kind: Task['kind'] | undefined,
  terms?: TableTerms,
): Promise<PairedModels | RowPairs> {
  return pairSources({ baseline: [baseline], candidate: [candidate] }, kind, terms);
}

/**
 * Reads and pairs; the pairs alone, which are none, where no row is common. `kind`: what is to be measured, undefined where the
 * values decide. Rows without a truth are judged where none is needed. Throws SlipwayError `invalid` or `too-large` with what
 * is wrong with a file.
 */
export async function pairSources(
  sources: OfSides<ByteSource>,
  kind: Task['kind'] | undefined,
  terms: TableTerms = {},
): Promise<PairedModels | RowPairs> {
  const tables = await readAll(sources, terms);
  const all = [...tables.baseline, ...tables.candidate];
  leaveOutMissing(all);
  const pairs = pairRows(tables);
  const [first, second] = [tables.baseline[0], tables.candidate[0]];
  if (first === undefined || second === undefined || pairs.baseline.length === 0) return pairs;
  const rows = [...pairs.rows.baseline, ...pairs.rows.candidate];
  checkTruth(all, rows);
  const task = taskOf(all, kind);
  const sideOf = (table: PredictionTable, place: number): ModelSide =>
    new ModelSide(table, rows[place] ?? new Int32Array(0), task);
  const sides = {
    baseline: tables.baseline.map((table, place) => sideOf(table, place)),
    candidate: tables.candidate.map((table, place) => sideOf(table, tables.baseline.length + place)),
  };
  const truth = truthOf(all, rows, task);
  const isKnown = (pair: number): boolean =>
    terms.needsTruth === false || ((truth.classes[pair] ?? 0) >= 0 && !Number.isNaN(truth.numbers[pair] ?? 0));
  const judged = judgedPairs(sides, isKnown, pairs.baseline.length);
  return { tables: { baseline: first, candidate: second }, pairs, task, sides, truth, ...judged };
}

/** Whether there is a common row. */
export function isPaired(found: PairedModels | RowPairs): found is PairedModels {
  return 'tables' in found;
}

/** Further columns are those of the first file of each side. */
async function readAll(
  sources: OfSides<ByteSource>,
  { slices, needsTruth = true }: TableTerms,
): Promise<OfSides<PredictionTable>> {
  let rows = 0;
  const read = async (side: readonly ByteSource[]): Promise<PredictionTable[]> => {
    const tables: PredictionTable[] = [];
    for (const [place, source] of side.entries()) {
      const table = await readPredictions(source, { slices: place === 0 ? slices : [], needsTruth });
      rows += table.ids.length;
      if (rows > mostRows) {
        const sentence = `The predictions of all runs have more than ${mostRows.toLocaleString('en-US')} rows together. Compare fewer repeats.`;
        throw new SlipwayError('too-large', sentence);
      }
      tables.push(table);
    }
    return tables;
  };
  return { baseline: await read(sources.baseline), candidate: await read(sources.candidate) };
}

function judgedPairs(
  { baseline, candidate }: OfSides<ModelSide>,
  hasTruth: (pair: number) => boolean,
  count: number,
): { judged: Int32Array; leftOut: LeftOut } {
  const leftOut: LeftOut = { leftOutBaseline: 0, leftOutCandidate: 0, unknown: 0, silent: 0 };
  const judged: number[] = [];
  for (let pair = 0; pair < count; pair += 1) {
    const isKnown = hasTruth(pair);
    const first = baseline.every((side) => side.says(pair));
    const second = candidate.every((side) => side.says(pair));
    if (!isKnown) leftOut.unknown += 1;
    else if (first && second) judged.push(pair);
    if (isKnown && !first) leftOut.leftOutBaseline += 1;
    if (isKnown && !second) leftOut.leftOutCandidate += 1;
    if (isKnown && first && !second) leftOut.silent += 1;
  }
  return { judged: Int32Array.from(judged), leftOut };
}
