// One model's predictions: an id per row, what was true, what the model said, and columns to slice by.
import { SlipwayError } from '../../../../../base/errors';
import type { Cell, TableSink } from '../../../../../platform/tables/byte-source';
import { tooManyRows } from '../../../../../platform/tables/parquet-table';
import { labelOf } from '../../../../../statistics/metrics/label';
import { CodedColumn } from './coded-column';

/** Rows of one file. */
export const mostRows = 1_000_000;
const mostSlices = 50;

/** Other names by which MLflow's table of an evaluation calls the columns. */
const mlflowNames: Readonly<Record<string, string>> = {
  target: 'y_true',
  targets: 'y_true',
  label: 'y_true',
  labels: 'y_true',
  ground_truth: 'y_true',
  y: 'y_true',
  prediction: 'y_pred',
  predictions: 'y_pred',
  outputs: 'y_pred',
  output: 'y_pred',
  pred: 'y_pred',
  preds: 'y_pred',
  y_hat: 'y_pred',
};

/** `slices`: the further columns to keep, the first fifty when left out. `needsTruth`: true unless said. */
export interface TableTerms {
  slices?: readonly string[] | undefined;
  needsTruth?: boolean;
}

/** Takes the rows of a file. */
export class PredictionTable implements TableSink {
  readonly name: string;
  readonly ids: string[] = [];
  readonly truth = new CodedColumn();
  predicted: CodedColumn | undefined;
  /** By class, in the order of the columns; `score` alone is the class ''. NaN where there is none. */
  readonly scores = new Map<string, number[]>();
  readonly slices = new Map<string, CodedColumn>();
  /** Whether rows are paired by their order, because an evaluation of MLflow's has no ids. */
  byOrder = false;
  readonly #mlflow: boolean;
  readonly #wanted: readonly string[] | undefined;
  readonly #needsTruth: boolean;
  readonly #takers: ((cell: Cell) => void)[] = [];
  #names: readonly string[] = [];
  readonly #taken = new Set<string>();

  constructor(name: string, { mlflow = false, slices, needsTruth = true }: TableTerms & { mlflow?: boolean } = {}) {
    this.name = name;
    this.#needsTruth = needsTruth;
    this.#mlflow = mlflow;
    this.#wanted = slices;
  }

  /** All columns of the file. */
  get columnNames(): readonly string[] {
    return this.#names;
  }

  columns(names: readonly string[]): void {
    this.byOrder = this.#mlflow && !names.includes('id');
    for (let place = this.#takers.length; place < names.length; place += 1) {
      this.#takers.push(this.#takerOf(names[place] ?? ''));
    }
    this.#names = names;
    if (this.ids.length === 0) this.#checkColumns();
  }

  row(cells: readonly Cell[]): void {
    if (this.ids.length >= mostRows) throw tooManyRows(this.name, mostRows);
    const before = this.ids.length;
    for (let place = 0; place < this.#takers.length; place += 1) {
      const cell = cells[place] ?? null;
      this.#takers[place]?.(Number.isNaN(cell) ? null : cell);
    }
    if (this.byOrder && this.ids.length === before) this.ids.push(String(before));
    if (this.ids.length === before) {
      throw new SlipwayError(
        'invalid',
        `${this.name}, row ${before + 1} has no id. Give every row one: rows are paired by it.`,
      );
    }
  }

  #checkColumns(): void {
    const has = (name: string): boolean => this.#names.some((each) => this.#roleOf(each) === name);
    const list = this.#names.slice(0, 20).join(', ');
    if (!this.byOrder && !has('id')) throw this.#missing('id: rows are paired by it', list);
    if (this.#needsTruth && !has('y_true')) throw this.#missing('y_true: what is true of each row', list);
    if (!has('y_pred') && this.scores.size === 0) throw this.#missing('y_pred, score or score_CLASS', list);
    const twice = this.#names.find((name, place) => this.#names.indexOf(name) !== place);
    if (twice !== undefined)
      throw new SlipwayError('invalid', `${this.name} has two columns named ${twice}. Leave one out.`);
  }

  #missing(what: string, list: string): SlipwayError {
    return new SlipwayError('invalid', `${this.name} has no column ${what}. It has ${list}.`);
  }

  #roleOf(name: string): string {
    return this.#mlflow && Object.hasOwn(mlflowNames, name) ? (mlflowNames[name] ?? name) : name;
  }

  #takerOf(name: string): (cell: Cell) => void {
    const meant = this.#roleOf(name);
    // Of several columns that could be it the first is; the others are slices.
    const role = this.#taken.has(meant) ? '' : meant;
    this.#taken.add(meant);
    if (role === 'id') {
      return (cell) => {
        if (cell !== null) this.ids.push(String(cell));
      };
    }
    if (role === 'y_true') return (cell) => this.truth.add(labelOf(cell));
    if (role === 'y_pred') {
      const predicted = this.#late(new CodedColumn());
      this.predicted = predicted;
      return (cell) => predicted.add(labelOf(cell));
    }
    if (role === 'score' || role.startsWith('score_')) {
      const score: number[] = new Array(this.ids.length).fill(Number.NaN);
      this.scores.set(role.slice('score_'.length), score);
      return (cell) => score.push(numberOf(cell));
    }
    const isKept = this.#wanted?.includes(name) ?? this.slices.size < mostSlices;
    if (!isKept) return () => undefined;
    const slice = this.#late(new CodedColumn());
    this.slices.set(name, slice);
    return (cell) => slice.add(cell === null ? null : String(cell));
  }

  /** A column that joins later is empty in the rows before. */
  #late(column: CodedColumn): CodedColumn {
    for (const _ of this.ids) column.add(null);
    return column;
  }
}

function numberOf(cell: Cell): number {
  if (cell === null || cell === '') return Number.NaN;
  const value = Number(cell);
  return Number.isFinite(value) ? value : Number.NaN;
}
