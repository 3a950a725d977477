// What predictions of a table are worth, where it holds what is true.
import { type ClassRows, labelMetric, predictionMetrics } from '../../../statistics/metrics/prediction-metric';
import { singleRows } from '../../../statistics/metrics/weighted-metric';
import { positiveClass, type ToldColumn } from './told-columns';

/** More rows than these are not kept for metrics, which need them all at once. */
const mostRows = 5_000_000;

type Told = number | bigint | string | boolean | null;

/** Keeps what is true and what was said. */
export class BatchMetrics {
  readonly #columns = new Map<string, Told[]>();
  #rows = 0;

  /** Takes the columns of one batch, `y_true` among them. */
  take(columns: readonly ToldColumn[], rows: number): void {
    this.#rows += rows;
    if (this.#rows > mostRows) return;
    for (const { name, values } of columns) {
      if (name !== 'y_true' && name !== 'y_pred' && !/^score(_|$)/.test(name)) continue;
      const kept = this.#columns.get(name) ?? [];
      for (let row = 0; row < rows; row += 1) kept.push(values[row] ?? null);
      this.#columns.set(name, kept);
    }
  }

  /** By the names that scikit-learn uses. Rows without a true value count for nothing; empty without `y_true`. */
  result(): { metrics: Record<string, number>; notes: string[] } {
    const truth = this.#columns.get('y_true');
    if (truth === undefined) return { metrics: {}, notes: [] };
    if (this.#rows > mostRows)
      return {
        metrics: {},
        notes: [
          `Metrics are told of up to ${mostRows.toLocaleString('en-US')} rows; compare the file's slices instead.`,
        ],
      };
    const rows = truth.flatMap((value, row) => (value === null ? [] : [row]));
    const notes =
      rows.length < truth.length
        ? [`${truth.length - rows.length} rows have no true value and count for no metric.`]
        : [];
    return { metrics: this.#isOfClasses(truth) ? this.#ofClasses(truth, rows) : this.#ofNumbers(truth, rows), notes };
  }

  #isOfClasses(truth: readonly Told[]): boolean {
    if ([...this.#columns.keys()].some((name) => name.startsWith('score'))) return true;
    const told = this.#columns.get('y_pred') ?? [];
    return [truth, told].some((values) =>
      values.some((value) => typeof value === 'string' || typeof value === 'bigint'),
    );
  }

  #ofNumbers(truth: readonly Told[], rows: readonly number[]): Record<string, number> {
    const told = this.#columns.get('y_pred') ?? [];
    const given = {
      truth: Float64Array.from(rows, (row) => Number(truth[row])),
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

  #ofClasses(truth: readonly Told[], rows: readonly number[]): Record<string, number> {
    const told = this.#columns.get('y_pred');
    const classes = this.#classes(truth, told);
    const index = new Map(classes.map((name, at) => [name, at]));
    const indices = (values: readonly Told[]): Int32Array =>
      Int32Array.from(rows, (row) => index.get(classText(values[row] ?? null)) ?? -1);
    const scores = this.#scores(classes, rows);
    const units = singleRows(rows.length);
    const predicted = told === undefined ? undefined : indices(told);
    const given: ClassRows = { truth: indices(truth), classes: classes.length, units, predicted, scores };
    const weights = new Float64Array(rows.length).fill(1);
    const names =
      classes.length === 2 ? ['accuracy', 'f1', 'roc_auc', 'log_loss', 'brier'] : ['accuracy', 'f1_macro', 'log_loss'];
    return Object.fromEntries(
      names.flatMap((name) => {
        const metric = predictionMetrics[name];
        if (metric?.needs === 'labels' && predicted !== undefined)
          return [[name, labelMetric({ ...given, predicted }, metric.formula).value(weights)]];
        return metric?.needs === 'scores' && scores !== undefined ? [[name, metric.make(given).value(weights)]] : [];
      }),
    );
  }

  /** Of two classes the positive one comes second. */
  #classes(truth: readonly Told[], told: readonly Told[] | undefined): string[] {
    const scored = [...this.#columns.keys()].flatMap((name) => (name.startsWith('score_') ? [name.slice(6)] : []));
    const found = new Set([...truth, ...(told ?? [])].flatMap((value) => (value === null ? [] : [classText(value)])));
    const classes = [...new Set([...scored, ...found])].sort();
    return positiveClass(classes) === 0 ? classes.reverse() : classes;
  }

  #scores(classes: readonly string[], rows: readonly number[]): (Float64Array | undefined)[] | undefined {
    const of = (name: string): Float64Array | undefined => {
      const values = this.#columns.get(name);
      return values && Float64Array.from(rows, (row) => Number(values[row]));
    };
    if (classes.length === 2) {
      const score = of('score');
      return score && [undefined, score];
    }
    const all = classes.map((name) => of(`score_${name}`));
    return all.every((each) => each !== undefined) ? all : undefined;
  }
}

/** Whole numbers read alike whichever type they came as; truth values as 0 and 1. */
function classText(value: Told): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}
