// What predictions of a table are worth, where it holds what is true.
import type { JudgedMatrix, JudgedRows } from '../../../protocol/inference/batch';
import { toWire, type WireNumber } from '../../../protocol/number';
import { countText } from '../../../protocol/wording';
import { confusionMatrix, errorsOf, pooledMatrices } from '../../../statistics/curves/confusion-matrix';
import { inLabelOrder, isNumber, labelOf, looksLikeAmount, pairWith } from '../../../statistics/metrics/label';
import { type ClassRows, labelMetric, predictionMetrics } from '../../../statistics/metrics/prediction-metric';
import { rowGroups, type WeightedMetric } from '../../../statistics/metrics/weighted-metric';
import { metricIntervals } from '../../../statistics/resampling/metric-intervals';
import type { ToldColumn, ToldType } from './told-columns';

/** More rows than these are not kept for metrics, which need them all at once. */
const mostRows = 5_000_000;
/** Metrics of classes count each pair of them. */
const mostClasses = 1000;
/** Classes of a matrix that can still be read. */
const mostShown = 10;
/** Rows are resampled one by one up to `most`, more of them in as many groups. */
const resampled = { most: 1000, draws: 1000, seed: 1 };

type Told = number | bigint | string | boolean | null;

interface ToldMetrics {
  metrics: Record<string, WireNumber>;
  judged: JudgedRows | null;
  notes: string[];
}

/** Metrics by name, ready to be had for any weights of the rows' units. */
interface ReadyMetrics {
  metrics: Map<string, WeightedMetric>;
  units: number;
  classes: string[];
  matrix: JudgedMatrix | null;
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
    const none = { metrics: {}, judged: null, notes: [] };
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
    const { kind } = task;
    const ready = kind === 'numbers' ? this.#ofNumbers(truth) : this.#ofClasses(truth, kind === 'probabilities');
    if (kind === 'probabilities')
      notes.push('The model tells a probability of the class 1: its column is called score.');
    if (ready === undefined) notes.push(`There are more than ${mostClasses} classes: no metric is told of them.`);
    const unsaid = this.#unsaid(truth);
    if (unsaid > 0)
      notes.push(
        `${countText(unsaid, 'row has', 'rows have')} an answer that is NaN: metrics of numbers and scores have no value.`,
      );
    const found = ready ?? { metrics: new Map(), units: 0, classes: [], matrix: null };
    return { ...judgedBy(found, kind, truth.rows.length), notes };
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

  /** Rows with a true value of which the model tells NaN. */
  #unsaid({ rows }: Truth): number {
    const said = [...this.#said.values()];
    return rows.filter((row) => said.some((values) => typeof values[row] === 'number' && Number.isNaN(values[row])))
      .length;
  }

  /** What was said, by the rules of comparisons. */
  #task({ labels, areNumbers }: Truth): Task {
    const stranger = this.#stranger(labels);
    if (stranger !== undefined) return { reason: stranger };
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

  /** Why nothing is measured where no true value is one of the classes that the model names: every row would be wrong. */
  #stranger(labels: ReadonlySet<string>): string | undefined {
    const known = new Set(this.#known.map((name) => labelOf(name) ?? ''));
    if (known.size === 0 || labels.size === 0 || [...labels].some((label) => known.has(label))) return undefined;
    const named = (all: Iterable<string>): string =>
      [...all]
        .slice(0, 5)
        .map((each) => each.slice(0, 60))
        .join(', ');
    return `What is true (${named(labels)}) is none of the model's classes (${named(known)}): no metric is told. Name the column that holds these classes.`;
  }

  #ofNumbers({ rows }: Truth): ReadyMetrics {
    const told = this.#said.get('y_pred') ?? [];
    const units = rowGroups(rows.length, resampled);
    const given = {
      truth: Float64Array.from(rows, (row) => Number(this.#truth[row])),
      predicted: Float64Array.from(rows, (row) => Number(told[row] ?? Number.NaN)),
      units,
    };
    const metrics = ['rmse', 'mae', 'r2'].flatMap((name): [string, WeightedMetric][] => {
      const metric = predictionMetrics[name];
      return metric?.needs === 'numbers' ? [[name, metric.make(given)]] : [];
    });
    return { metrics: new Map(metrics), units: units.count, classes: [], matrix: null };
  }

  /** `areShares`: y_pred is a probability. Undefined where there are too many classes. */
  #ofClasses({ rows, labels }: Truth, areShares: boolean): ReadyMetrics | undefined {
    const told = this.#said.get('y_pred');
    const scores = areShares ? new Map([['', told ?? []]]) : this.#scores();
    const classes = this.#classes(labels, areShares ? [] : (told ?? []), scores);
    if (classes.length > mostClasses) return undefined;
    const index = new Map(classes.map((name, at) => [name, at]));
    const indices = (values: readonly Told[]): Int32Array =>
      Int32Array.from(rows, (row) => index.get(labelOf(values[row] ?? null) ?? '') ?? -1);
    const predicted = areShares || told === undefined ? undefined : indices(told);
    const units = rowGroups(rows.length, resampled);
    const scored = scoresOf(scores, classes, rows);
    const given: ClassRows = { truth: indices(this.#truth), classes: classes.length, units, predicted, scores: scored };
    const names =
      classes.length === 2 ? ['accuracy', 'f1', 'roc_auc', 'log_loss', 'brier'] : ['accuracy', 'f1_macro', 'log_loss'];
    const metrics = names.flatMap((name): [string, WeightedMetric][] => {
      const metric = predictionMetrics[name];
      if (metric?.needs === 'labels' && predicted !== undefined)
        return [[name, labelMetric({ ...given, predicted }, metric.formula)]];
      return metric?.needs === 'scores' && scored !== undefined ? [[name, metric.make(given)]] : [];
    });
    const seen = predicted ?? scored?.[1]?.map((score) => (score >= 0.5 ? 1 : 0));
    const matrix = seen === undefined ? null : matrixOf(given.truth, seen, classes);
    return { metrics: new Map(metrics), units: units.count, classes, matrix };
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

function judgedBy(
  { metrics, units, classes, matrix }: ReadyMetrics,
  kind: JudgedRows['kind'],
  rows: number,
): Omit<ToldMetrics, 'notes'> {
  const { draws, seed } = resampled;
  const once = new Float64Array(units).fill(1);
  const values = [...metrics].map(([name, metric]): [string, WireNumber] => [name, toWire(metric.value(once))]);
  const found = metricIntervals([...metrics.values()], { units, draws, seed });
  const intervals = [...metrics.keys()].map((name, at): [string, [WireNumber, WireNumber] | null] => {
    const [low, high] = found[at] ?? [];
    return [name, low === undefined || high === undefined ? null : [toWire(low), toWire(high)]];
  });
  const judged = { kind, rows, classes, intervals: Object.fromEntries(intervals), units, draws, matrix };
  return { metrics: Object.fromEntries(values), judged };
}

function matrixOf(truth: Int32Array, told: ArrayLike<number>, classes: readonly string[]): JudgedMatrix {
  const all = confusionMatrix(truth, told, classes.length);
  const { shown, pooled, cells } = pooledMatrices([all], classes.length, mostShown);
  const errors = errorsOf(all, classes.length);
  return { classes: shown.map((label) => classes[label] ?? ''), pooled, cells: cells[0] ?? [], errors };
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
