// The errors behind a comparison as tables and sentences of a report.
import type { WireNumber } from '../../number';
import { countText, numberText } from '../../wording';
import type { CandidateComparison, ComparedMetric } from '../comparison';
import { intervalText, signedText } from '../comparison-words';
import type { ErrorSummary } from './error-summary';
import type { Example, ExampleSide } from './example-page';

/** A table with a sentence below it. */
interface ErrorTable {
  heads: readonly string[];
  rows: readonly (readonly string[])[];
  text: string;
}

const leftOut = 'Not in this report:';

/** Counts of errors and areas under curves, or sizes of residuals; undefined without predictions of both. `isDrawn`: the curves stand beside it. */
export function errorTable(
  { predictions, metrics }: CandidateComparison,
  { isDrawn }: { isDrawn: boolean },
): ErrorTable | undefined {
  const errors = predictions?.errors ?? null;
  if (errors === null) return undefined;
  const rows = [...cellRows(errors), ...areaRows(errors, metrics), ...residualRows(errors)];
  if (rows.length === 0) return undefined;
  const more = errors.moreCells === 0 ? '' : `${countText(errors.moreCells, 'other kind')} of errors, `;
  const rest =
    errors.residuals === null
      ? `${isDrawn ? '' : 'curves, '}calibration and other thresholds`
      : 'the spread of predictions and of residuals';
  return {
    heads: ['', 'Baseline', 'Candidate', 'Difference', '95 % interval'],
    rows,
    text: `${leftOut} ${more}${rest}.`,
  };
}

function cellRows({ cells }: ErrorSummary): string[][] {
  return cells.map(({ truth, predicted, baseline, candidate }) => [
    `true ${named(truth)}, predicted ${named(predicted)}`,
    amount(baseline),
    amount(candidate),
    signedText(candidate - baseline),
    '–',
  ]);
}

/** Means over repeats are no whole numbers. */
function amount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

function areaRows({ areas: { baseline, candidate } }: ErrorSummary, metrics: readonly ComparedMetric[]): string[][] {
  if (baseline === null || candidate === null) return [];
  const row = (what: string, metric: string, before: number | null, after: number | null): string[][] => {
    const interval = metrics.find((each) => each.metric === metric)?.interval ?? null;
    return before === null || after === null
      ? []
      : [[what, ...valueCells(before, after), interval === null ? '–' : intervalText(interval)]];
  };
  return [
    ...row('ROC AUC', 'roc_auc', baseline.auc, candidate.auc),
    ...row('Average precision', 'average_precision', baseline.averagePrecision, candidate.averagePrecision),
  ];
}

function residualRows({ residuals }: ErrorSummary): string[][] {
  if (residuals === null) return [];
  const { baseline, candidate } = residuals;
  return [
    ['mean residual (predicted less true)', ...valueCells(baseline.mean, candidate.mean), '–'],
    ['half of the rows are off by at most', ...valueCells(baseline.median, candidate.median), '–'],
    ['nine tenths of them by at most', ...valueCells(baseline.most, candidate.most), '–'],
  ];
}

function valueCells(before: number, after: number): string[] {
  return [numberText(before), numberText(after), signedText(after - before)];
}

/** So many rows each way that moved most, and how many did; undefined where it is not known which are right. */
export function exampleTable({ predictions }: CandidateComparison, most: number): ErrorTable | undefined {
  if (predictions?.flips == null) return undefined;
  const { of, fixed, broken } = predictions.flips;
  const [mended, spoilt] = of === 'classes' ? ['fixed', 'broken'] : ['nearer', 'farther off'];
  const better = of === 'classes' ? 'has right' : 'tells nearer';
  const all = predictions.errors?.examples ?? [];
  const examples = (['broken', 'fixed'] as const).flatMap((wanted) =>
    all.filter(({ flip }) => flip === wanted).slice(0, most),
  );
  const rest = fixed + broken - examples.length;
  const others = rest > 0 ? ` ${leftOut} ${countText(rest, 'other row')}, and all that the files say of each.` : '';
  return {
    heads: ['', 'Row', 'True', 'Baseline', 'Candidate'],
    rows: examples.map(({ flip, example }) => [flip === 'fixed' ? mended : spoilt, ...exampleCells(example)]),
    text: `${countText(fixed, 'row')} that only the candidate ${better}, ${countText(broken, 'row')} that only the baseline ${better}.${others}`,
  };
}

function exampleCells({ id, truth, baseline, candidate }: Example): string[] {
  const side = ({ label, score, residual, right, models }: ExampleSide): string => {
    const told = label === null ? '–' : named(label);
    const what = models > 1 ? `${told}, right in ${right} of ${models} runs` : told;
    if (residual !== null) return `${numberText(Number(label))}, off by ${offText(residual)}`;
    return score === null ? what : `${what}, score ${numberText(score)}`;
  };
  const actual = baseline.residual === null ? named(truth ?? '–') : numberText(Number(truth));
  return [id, actual, side(baseline), side(candidate)];
}

/** How far a prediction is off, with its sign. */
export function offText(residual: WireNumber): string {
  return typeof residual === 'number' ? signedText(residual) : numberText(residual);
}

function named(label: string): string {
  return label === '' ? '(none)' : label;
}
