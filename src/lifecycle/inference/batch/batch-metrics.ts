// What predictions of a table are worth, where it holds what is true.
import { toWire, type WireNumber } from '../../../protocol/number';
import { inLabelOrder, isNumber, labelOf, looksLikeAmount, pairWith } from '../../../statistics/metrics/label';
import { type ClassRows, labelMetric, predictionMetrics } from '../../../statistics/metrics/prediction-metric';
import { singleRows } from '../../../statistics/metrics/weighted-metric';
import type { ToldColumn, ToldType } from './told-columns';

/** More rows than these are not kept for metrics, which need them all at once. */
const mostRows = 5_000_000;
/** Metrics of classes count each pair of them. */
const mostClasses = 1000;

type Told = number | bigint | string | boolean | null;

/** `probabilities`: y_pred is the probability of the class 1. */
interface ToldMetrics {
  metrics: Record<string, WireNumber>;
  notes: string[];
  probabilities: boolean;
}

/** What was said; else why there is no metric of it. */
type Task = { kind: 'classes' | 'numbers' | 'probabilities' } | { reason: string };

/** What is true of the rows: labels that differ, up to a few more than classes may be. */
interface Truth {
  rows: number[];
  labels: Set<string>;
  areNumbers: boolean;
}

/** Keeps what is true and what was said. */
export class BatchMetrics {
  readonly #known: readonly (string | number)[];
  readonly #truth: Told[] = [];
  readonly #said = new Map<string, Told[]>();
  #saidType: ToldType | undefined;
  #rows = 0;

  /** `classes`: those that the model names. */
  constructor(classes: readonly (string | number)[] | null) {
    this.#known = classes ?? [];
  }

  /** Takes one batch: what is true, and the columns of what the model said. */
  take(truth: ToldColumn | undefined, told: readonly ToldColumn[], rows: number): void {
    this.#rows += rows;
    if (truth === undefined || this.#rows > mostRows) return;
    append(this.#truth, truth, rows);
    for (const column of told) {
      const { name, type } = column;
      if (name === 'y_pred') this.#saidType = type;
      else if (!/^score(_|$)/.test(name)) continue;
      const kept = this.#said.get(name) ?? [];
      append(kept, column, rows);
      this.#said.set(name, kept);
    }
  }

  /** By the names that scikit-learn uses. Rows without a true value count for nothing; empty without what is true. */
  result(): ToldMetrics {
    const none = { metrics: {}, notes: [], probabilities: false };
    if (this.#truth.length === 0) return none;
    if (this.#rows > mostRows) {
      const limit = mostRows.toLocaleString('en-US');
      return { ...none, notes: [`Metrics are told of up to ${limit} rows; compare the file's slices instead.`] };
    }
    const truth = this.#read();
    const missing = this.#truth.length - truth.rows.length;
    const notes = missing > 0 ? [`${missing} rows have no true value and count for no metric.`] : [];
    const task = this.#task(truth);
    if ('reason' in task) return { ...none, notes: [...notes, task.reason] };
    if (task.kind === 'numbers') return { ...none, metrics: onTheWire(this.#ofNumbers(truth)), notes };
    const probabilities = task.kind === 'probabilities';
    if (probabilities) notes.push('The model tells a probability of the class 1: its column is called score.');
    const metrics = this.#ofClasses(truth, probabilities);
    if (metrics === undefined) notes.push(`There are more than ${mostClasses} classes: no metric is told of them.`);
    return { metrics: onTheWire(metrics ?? {}), notes, probabilities };
  }

  #read(): Truth {
    const truth: Truth = { rows: [], labels: new Set(), areNumbers: true };
    for (const [row, value] of this.#truth.entries()) {
      const label = labelOf(value);
      if (label === null) continue;
      truth.rows.push(row);
      truth.areNumbers &&= isNumber(label);
      if (truth.labels.size <= mostClasses) truth.labels.add(label);
    }
    return truth;
  }

  /** What was said, by the rules of comparisons. */
  #task({ labels, areNumbers }: Truth): Task {
    if ([...this.#said.keys()].some((name) => name !== 'y_pred')) return { kind: 'classes' };
    const said = this.#said.get('y_pred');
    if (said === undefined)
      return { reason: 'The model tells several numbers of each row: no metric is told of them.' };
    if (this.#saidType !== 'FLOAT' && this.#saidType !== 'DOUBLE') {
      const isAmount = this.#saidType === 'BIGINT' && areNumbers && looksLikeAmount(labels, []);
      return { kind: isAmount ? 'numbers' : 'classes' };
    }
    if (!areNumbers) {
      const text = [...labels].find((each) => !isNumber(each)) ?? 'a label';
      return {
        reason: `What is true is text, such as ${text.slice(0, 60)}, and the model tells a number: no metric is told.`,
      };
    }
    const areTruthValues = labels.size > 0 && [...labels].every((label) => label === '0' || label === '1');
    const areShares = said.every((value) => value === null || (Number(value) >= 0 && Number(value) <= 1));
    if (!areTruthValues || !areShares) return { kind: 'numbers' };
    return { kind: said.every((value) => Number.isInteger(Number(value))) ? 'classes' : 'probabilities' };
  }

  #ofNumbers({ rows }: Truth): Record<string, number> {
    const told = this.#said.get('y_pred') ?? [];
    const given = {
      truth: Float64Array.from(rows, (row) => Number(this.#truth[row])),
      predicted: Float64Array.from(rows, (row) => Number(told[row] ?? Number.NaN)),
      units: singleRows(rows.length),
    };
    const weights = new Float64Array(rows.length).fill(1);
    return Object.fromEntries(
      ['rmse', 'mae', 'r2'].map((name) => {
        const metric = predictionMetrics[name];
        return [name, metric?.needs === 'numbers' ? metric.make(given).value(weights) : Number.NaN];
      }),
    );
  }

  /** `areShares`: y_pred is a probability. Undefined where there are too many classes. */
  #ofClasses({ rows, labels }: Truth, areShares: boolean): Record<string, number> | undefined {
    const told = this.#said.get('y_pred');
    const scores = areShares ? new Map([['', told ?? []]]) : this.#scores();
    const classes = this.#classes(labels, areShares ? [] : (told ?? []), scores);
    if (classes.length > mostClasses) return undefined;
    const index = new Map(classes.map((name, at) => [name, at]));
    const indices = (values: readonly Told[]): Int32Array =>
      Int32Array.from(rows, (row) => index.get(labelOf(values[row] ?? null) ?? '') ?? -1);
    const predicted = areShares || told === undefined ? undefined : indices(told);
    const units = singleRows(rows.length);
    const scored = scoresOf(scores, classes, rows);
    const given: ClassRows = { truth: indices(this.#truth), classes: classes.length, units, predicted, scores: scored };
    const weights = new Float64Array(rows.length).fill(1);
    const names =
      classes.length === 2 ? ['accuracy', 'f1', 'roc_auc', 'log_loss', 'brier'] : ['accuracy', 'f1_macro', 'log_loss'];
    const metrics = names.flatMap((name): [string, number][] => {
      const metric = predictionMetrics[name];
      if (metric?.needs === 'labels' && predicted !== undefined)
        return [[name, labelMetric({ ...given, predicted }, metric.formula).value(weights)]];
      return metric?.needs === 'scores' && scored !== undefined ? [[name, metric.make(given).value(weights)]] : [];
    });
    return Object.fromEntries(metrics);
  }

  /** By class; '' is the positive one of two. */
  #scores(): Map<string, readonly Told[]> {
    const scores = [...this.#said].filter(([name]) => name !== 'y_pred');
    return new Map(scores.map(([name, values]) => [labelOf(name.slice('score_'.length)) ?? '', values]));
  }

  /** In their order: of two classes the positive one comes second. */
  #classes(labels: ReadonlySet<string>, told: readonly Told[], scores: ReadonlyMap<string, readonly Told[]>): string[] {
    const all = new Set(labels);
    for (const name of this.#known) all.add(labelOf(name) ?? '');
    for (const name of scores.keys()) if (name !== '') all.add(name);
    for (const value of told) {
      const label = labelOf(value);
      if (label !== null && all.size <= mostClasses) all.add(label);
    }
    const classes = [...all].sort(inLabelOrder);
    return classes.length < 2 ? pairWith(classes[0]) : classes;
  }
}

function onTheWire(metrics: Record<string, number>): ToldMetrics['metrics'] {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, toWire(value)]));
}

function append(kept: Told[], { values }: ToldColumn, rows: number): void {
  for (let row = 0; row < rows; row += 1) kept.push(values[row] ?? null);
}

function scoresOf(
  columns: ReadonlyMap<string, readonly Told[]>,
  classes: readonly string[],
  rows: readonly number[],
): (Float64Array | undefined)[] | undefined {
  const of = (name: string): Float64Array | undefined => {
    const values = columns.get(name);
    return values && Float64Array.from(rows, (row) => Number(values[row] ?? Number.NaN));
  };
  if (classes.length === 2) {
    const score = of('');
    return score && [undefined, score];
  }
  const all = classes.map(of);
  return all.every((each) => each !== undefined) ? all : undefined;
}
