// How right a model is about rows, as one number that falls when a feature it needs is shuffled.
import { SlipwayError } from '../../../base/errors';
import type { ImportanceMetric } from '../../../protocol/inference/explain/explanation';
import { inLabelOrder } from '../../../statistics/metrics/label';
import { type ClassRows, labelMetric, predictionMetrics } from '../../../statistics/metrics/prediction-metric';
import { rowGroups } from '../../../statistics/metrics/weighted-metric';
import type { ToldColumn } from '../batch/told-columns';
import type { RunValues } from '../running-model';
import { type ExplainableOutputs, explainedOutput, numbersOf, toldClasses } from './explained-output';

/** `output` is what is read of the model; `score` of errors is below 0, so that more is better. */
export interface Scoring {
  metric: ImportanceMetric;
  output: string;
  numbers(values: RunValues, rows: number): Float64Array;
  score(answers: Float64Array): number;
}

/** What the answers are held against. `values`: an answer of one row, which shows whether there are classes. */
interface Held {
  outputs: ExplainableOutputs;
  values: RunValues;
  label: ToldColumn;
}

/** `metric` null: accuracy, R² of numbers. Throws SlipwayError `invalid` for labels that the output is not of, and another metric. */
export function scoringOf(held: Held, metric: ImportanceMetric | null): Scoring {
  const areClasses = toldClasses(held.outputs, held.values, 1) !== undefined;
  const chosen = metric ?? (areClasses ? 'accuracy' : 'r2');
  const needs = predictionMetrics[chosen]?.needs;
  if (areClasses === (needs === 'numbers')) {
    const sentence = areClasses
      ? `The model tells classes, and ${chosen} is of numbers: choose accuracy, balanced_accuracy, f1_macro, roc_auc or log_loss.`
      : `The model tells a number, and ${chosen} is of classes: choose r2, rmse or mae.`;
    throw new SlipwayError('invalid', sentence);
  }
  if (needs === 'numbers') return numberScoring(held, chosen);
  return needs === 'scores' ? scoreScoring(held, chosen) : classScoring(held, chosen);
}

function classScoring({ outputs, label }: Held, metric: ImportanceMetric): Scoring {
  const codes = new Map<string, number>();
  const codeOf = (told: string): number => {
    const text = truthWords.get(told) ?? told;
    if (!codes.has(text)) codes.set(text, codes.size);
    return codes.get(text) as number;
  };
  const told = Array.from(label.values, String);
  requireKnown(outputs, told);
  const truth = Int32Array.from(told, codeOf);
  const kind = predictionMetrics[metric];
  return {
    metric,
    output: outputs.label ?? (outputs.scores as string),
    numbers: (found, rows) => Float64Array.from(toldClasses(outputs, found, rows) as string[], codeOf),
    score: (answers) => {
      const predicted = Int32Array.from(answers);
      const rows = { ...classRows(truth, codes.size), predicted, scores: undefined };
      return kind?.needs === 'labels' ? once(labelMetric(rows, kind.formula), truth.length) : Number.NaN;
    },
  };
}

/** Of the second of two classes, in their order. */
function scoreScoring({ outputs, values, label }: Held, metric: ImportanceMetric): Scoring {
  const told = Array.from(label.values, (each) => truthWords.get(String(each)) ?? String(each));
  const { scores } = outputs;
  const names = outputs.classes?.map(String) ?? [...new Set(told)];
  const [, positive] = names.toSorted(inLabelOrder);
  if (scores === null || positive === undefined || names.length !== 2) {
    const why = scores === null ? 'the model tells no scores' : `there are ${names.length} classes`;
    throw new SlipwayError('invalid', `${metric} is of the scores of two classes here, and ${why}.`);
  }
  requireKnown(outputs, told);
  const truth = Int32Array.from(told, (each) => Number(each === positive));
  const kind = predictionMetrics[metric];
  const width = numbersOf(values, scores, 1).length;
  const chosen = explainedOutput(outputs, { output: scores, class: width === 1 ? null : positive }, values);
  return {
    metric,
    output: scores,
    numbers: (found, rows) => chosen.numbers(found, rows),
    score: (answers) => {
      const rows = { ...classRows(truth, 2), predicted: undefined, scores: [undefined, answers] };
      const value = kind?.needs === 'scores' ? once(kind.make(rows), truth.length) : Number.NaN;
      return kind?.direction === 'down' ? -value : value;
    },
  };
}

function numberScoring({ outputs, label }: Held, metric: ImportanceMetric): Scoring {
  const output = outputs.scores as string;
  const truth = Float64Array.from(label.values, Number);
  const isVaried = truth.some((value) => value !== truth[0]);
  if (truth.some((value) => !Number.isFinite(value)) || !isVaried) {
    throw new SlipwayError(
      'invalid',
      'The labels are no numbers that vary, and the model tells a number: R² has no value.',
    );
  }
  const kind = predictionMetrics[metric];
  const units = rowGroups(truth.length, { most: truth.length, seed: 1 });
  return {
    metric,
    output,
    numbers: (found, rows) => numbersOf(found, output, rows),
    score: (answers) => {
      const rows = { truth, predicted: answers, units };
      const value = kind?.needs === 'numbers' ? once(kind.make(rows), truth.length) : Number.NaN;
      return kind?.direction === 'down' ? -value : value;
    },
  };
}

function classRows(truth: Int32Array, classes: number): Pick<ClassRows, 'truth' | 'classes' | 'units'> {
  return { truth, classes: Math.max(2, classes), units: rowGroups(truth.length, { most: truth.length, seed: 1 }) };
}

function once(metric: { value(weights: Float64Array): number }, rows: number): number {
  return metric.value(new Float64Array(rows).fill(1));
}

function requireKnown({ classes }: ExplainableOutputs, told: readonly string[]): void {
  const known = classes?.map(String) ?? [];
  const texts = [...new Set(told)];
  const isKnown = (text: string): boolean => known.includes(text) || known.includes(truthWords.get(text) ?? text);
  if (known.length === 0 || texts.some(isKnown)) return;
  throw new SlipwayError(
    'invalid',
    `The labels are ${listed(texts)}, and the model tells ${listed(known)}: choose the column that holds its classes.`,
  );
}

function listed(texts: readonly string[]): string {
  return texts.length > 5 ? `${texts.slice(0, 5).join(', ')}, …` : texts.join(', ');
}

/** onnxruntime's truth values are 0 and 1; a table may say it in words. */
const truthWords: ReadonlyMap<string, string> = new Map([
  ['true', '1'],
  ['false', '0'],
]);
