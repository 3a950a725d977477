// The rows both models are judged on, in the form that metrics take.
import { SlipwayError } from '../../../../base/errors';
import type { ClassRows } from '../../../../statistics/metrics/prediction-metric';
import type { NumberRows } from '../../../../statistics/metrics/summed-metric';
import type { RowUnits } from '../../../../statistics/metrics/weighted-metric';
import type { OfSides } from './row-pairs';
import type { PredictionTable } from './table/prediction-table';
import { classNamed, type Task } from './task';

/** One model's side. `fromScores`: its labels were read off its scores. */
export type ModelRows =
  | { kind: 'classes'; rows: ClassRows; fromScores: boolean; isProbability: boolean }
  | { kind: 'numbers'; rows: NumberRows };

/** What a model says of every pair of rows; NaN or −1 where it says nothing. */
export class ModelSide {
  readonly table: PredictionTable;
  readonly #rows: Int32Array;
  readonly #task: Task;
  readonly #labels: Int32Array | undefined;
  readonly #scores: (Float64Array | undefined)[] | undefined;
  readonly #numbers: Float64Array | undefined;

  constructor(table: PredictionTable, rows: Int32Array, task: Task) {
    this.table = table;
    this.#rows = rows;
    this.#task = task;
    if (task.kind === 'numbers') {
      this.#numbers = this.#number(table.predicted);
      return;
    }
    const places = new Map(task.classes.map((name, place) => [name, place]));
    this.#scores = this.#scoresOf(task.classes, places);
    const { predicted } = table;
    if (predicted !== undefined) {
      const codes = predicted.values.map((value) => places.get(value) ?? -1);
      this.#labels = rows.map((row) => codes[predicted.codes[row] ?? -1] ?? -1);
    }
  }

  /** Whether the model says something of a pair. */
  says(pair: number): boolean {
    if (this.#task.kind === 'numbers') return !Number.isNaN(this.#numbers?.[pair] ?? Number.NaN);
    if (this.#labels !== undefined && (this.#labels[pair] ?? -1) < 0) return false;
    return (this.#scores ?? []).every((score) => score === undefined || !Number.isNaN(score[pair] ?? Number.NaN));
  }

  /** The rows of the chosen pairs, with the truth of each. */
  rows(pairs: Int32Array, truth: PairTruth, units: RowUnits): ModelRows {
    if (this.#task.kind === 'numbers') {
      const predicted = Float64Array.from(pairs, (pair) => this.#numbers?.[pair] ?? Number.NaN);
      return {
        kind: 'numbers',
        rows: { truth: Float64Array.from(pairs, (pair) => truth.numbers[pair] ?? 0), predicted, units },
      };
    }
    const scores = this.#scores?.map((score) => score && Float64Array.from(pairs, (pair) => score[pair] ?? 0));
    const classes = this.#task.classes.length;
    const labels = this.#labels;
    const predicted =
      labels === undefined ? labelsOf(scores ?? [], pairs.length) : pairs.map((pair) => labels[pair] ?? 0);
    const isProbability = (scores ?? []).every(
      (score) => score === undefined || score.every((each) => each >= 0 && each <= 1),
    );
    return {
      kind: 'classes',
      rows: { truth: pairs.map((pair) => truth.classes[pair] ?? 0), classes, units, predicted, scores },
      fromScores: labels === undefined,
      isProbability,
    };
  }

  #number(column: PredictionTable['predicted']): Float64Array {
    if (column === undefined) {
      throw new SlipwayError(
        'invalid',
        `${this.table.name} has no y_pred, and y_true is a number. Name what the model said y_pred.`,
      );
    }
    const values = column.values.map(Number);
    return Float64Array.from(this.#rows, (row) => values[column.codes[row] ?? -1] ?? Number.NaN);
  }

  /** One score per class; of two classes the second's is enough. */
  #scoresOf(classes: readonly string[], places: ReadonlyMap<string, number>): (Float64Array | undefined)[] | undefined {
    const { scores, name } = this.table;
    if (scores.size === 0) return undefined;
    const found: (Float64Array | undefined)[] = classes.map(() => undefined);
    for (const [column, values] of scores) {
      const place = column === '' ? 1 : places.get(classNamed(column));
      if (place !== undefined) found[place] = Float64Array.from(this.#rows, (row) => values[row] ?? Number.NaN);
    }
    if (classes.length === 2) {
      const first = found[0];
      const second = found[1] ?? first?.map((score) => 1 - score);
      return [undefined, second];
    }
    if (scores.has('')) {
      const sentence = `${name} has a column score, which speaks of one of two classes, and there are ${classes.length}: ${classes.slice(0, 10).join(', ')}. Write score_CLASS for each.`;
      throw new SlipwayError('invalid', sentence);
    }
    const missing = classes.find((_, place) => found[place] === undefined);
    if (missing === undefined) return found;
    throw new SlipwayError('invalid', `${name} has no column score_${missing.slice(0, 60)}. Write one for each class.`);
  }
}

/** What all models of both sides say of the judged pairs. */
export function rowsOfSides(
  { baseline, candidate }: OfSides<ModelSide>,
  { judged, truth, units }: { judged: Int32Array; truth: PairTruth; units: RowUnits },
): OfSides<ModelRows> {
  const rowsOf = (side: ModelSide): ModelRows => side.rows(judged, truth, units);
  return { baseline: baseline.map(rowsOf), candidate: candidate.map(rowsOf) };
}

/** What is true of each pair: as a class's place, or as a number; −1 or NaN where that is unknown. */
export interface PairTruth {
  classes: Int32Array;
  numbers: Float64Array;
}

/** The class of the highest score; of two classes the second from one half on. */
function labelsOf(scores: readonly (Float64Array | undefined)[], count: number): Int32Array | undefined {
  if (scores.length === 0) return undefined;
  if (scores.length === 2)
    return Int32Array.from({ length: count }, (_, row) => ((scores[1]?.[row] ?? 0) >= 0.5 ? 1 : 0));
  return Int32Array.from({ length: count }, (_, row) => {
    let best = 0;
    for (let label = 1; label < scores.length; label += 1) {
      if ((scores[label]?.[row] ?? 0) > (scores[best]?.[row] ?? 0)) best = label;
    }
    return best;
  });
}

/** The truth of each pair, as the first of the files that know it have it. `rows`: those of each file, of one pair after the other. */
export function truthOf(tables: readonly PredictionTable[], rows: readonly Int32Array[], task: Task): PairTruth {
  const text = (pair: number): string | undefined => {
    for (const [place, { truth }] of tables.entries()) {
      const found = truth.at(rows[place]?.[pair] ?? -1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const count = rows[0]?.length ?? 0;
  if (task.kind === 'numbers') {
    const numbers = Float64Array.from({ length: count }, (_, pair) => Number(text(pair) ?? Number.NaN));
    return { classes: new Int32Array(0), numbers };
  }
  const places = new Map(task.classes.map((name, place) => [name, place]));
  const classes = Int32Array.from({ length: count }, (_, pair) => places.get(text(pair) ?? '\u0000') ?? -1);
  return { classes, numbers: new Float64Array(0) };
}
