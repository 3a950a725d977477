// What a quantization brought and cost, in plain words: the same on the command line and in the editor.
import type { ComparedMetric } from '../../comparison/comparison';
import { intervalText, signedText } from '../../comparison/comparison-words';
import { bytesText, countText, numberText } from '../../wording';
import type { AnswerDifference, BeforeAfter, Quantization, QuantizedAccuracy } from './quantization';

/** One line of the table of before and after; `change` is empty where there is nothing to say. */
export interface BeforeAfterLine {
  name: string;
  before: string;
  after: string;
  change: string;
}

/** Size, times, and what was told of the accuracy. */
export function beforeAfterLines({ bytes, loadMilliseconds, latency, accuracy }: Quantization): BeforeAfterLine[] {
  return [
    line('size', bytes, bytesText),
    line('load', loadMilliseconds, millisecondsText),
    ...latency.map(({ rows, p50 }) => line(`${countText(rows, 'row')}, p50`, p50, millisecondsText)),
    ...(accuracy?.metrics.map(metricLine) ?? []),
  ];
}

/** What it is worth, a sentence each: accuracy, answers, size and speed. */
export function costSentences({ accuracy, answers, bytes, latency }: Quantization): string[] {
  const [single] = latency;
  return [
    ...(accuracy === null ? [] : [accuracySentence(accuracy)]),
    ...(answers === null ? [] : [answerSentence(answers)]),
    ...(bytes.after < bytes.before
      ? []
      : ['It is no smaller: the nodes that were added weigh more than its few weights.']),
    ...(single === undefined || single.p50.after <= single.p50.before
      ? []
      : [`It is no faster for ${countText(single.rows, 'row')} at once on this machine.`]),
  ];
}

/** `mlp.int8.onnx: 2.3 MB → 0.6 MB, 41 µs → 30 µs for 1 row, accuracy 0.9532 → 0.9530`. */
export function quantizationSummary({ output, bytes, latency, accuracy }: Quantization): string {
  const [single] = latency;
  const metric = accuracy === null ? undefined : headline(accuracy.metrics);
  const parts = [
    arrow(bytes, bytesText),
    ...(single === undefined ? [] : [`${arrow(single.p50, millisecondsText)} for ${countText(single.rows, 'row')}`]),
    ...(metric?.baseline == null || metric.candidate === null
      ? []
      : [`${metric.metric} ${numberText(metric.baseline)} → ${numberText(metric.candidate)}`]),
  ];
  return `${output}: ${parts.join(', ')}.`;
}

function accuracySentence({ verdict, metrics, rows, flips }: QuantizedAccuracy): string {
  const flipped =
    flips === null || flips.of !== 'classes' || flips.broken + flips.fixed === 0
      ? ''
      : ` ${countText(flips.broken, 'row')} became wrong, ${flips.fixed.toLocaleString('en-US')} right.`;
  const judged =
    headline(metrics.filter((each) => each.verdict === verdict && each.effect !== null)) ?? headline(metrics);
  if (judged === undefined) return `No accuracy could be told of ${countText(rows, 'row')}.`;
  const effect = judged.effect === null ? judged.metric : `${judged.metric} ${signedText(judged.effect)}`;
  const within = judged.interval === null ? '' : ` (95 % ${intervalText(judged.interval)})`;
  if (verdict === 'worse')
    return `It predicts worse, and that is no noise: ${effect}${within} on ${countText(rows, 'row')}.${flipped}`;
  if (verdict === 'better') return `It predicts no worse: ${effect}${within} on ${countText(rows, 'row')}.${flipped}`;
  const loss = mostLost(judged);
  const atMost = loss === null || loss === 0 ? '' : ` It loses at most ${numberText(loss)} of ${judged.metric} (95 %).`;
  return `No loss of accuracy can be told from noise on ${countText(rows, 'row')}.${atMost}${flipped}`;
}

/** What people ask for first. */
function headline(metrics: readonly ComparedMetric[]): ComparedMetric | undefined {
  const known = ['accuracy', 'r2', 'rmse'].flatMap((name) => metrics.find(({ metric }) => metric === name) ?? []);
  return known[0] ?? metrics[0];
}

/** By how much it may have got worse; null where that is not known. */
function mostLost({ direction, interval }: ComparedMetric): number | null {
  if (interval === null || direction === 'none') return null;
  return Math.max(0, direction === 'up' ? -interval[0] : interval[1]);
}

function answerSentence({ rows: { rows }, same, outputs }: AnswerDifference): string {
  const agreement =
    same === null ? '' : `Both give the same class for ${same.toLocaleString('en-US')} of ${countText(rows, 'row')}. `;
  const told = outputs.map(({ output, most, mean }) =>
    most === null || mean === null
      ? `${output} has no number where the other has one`
      : `${output} differs by ${numberText(most)} at most and ${numberText(mean)} on average`,
  );
  const of = same === null ? ` (${countText(rows, 'row')})` : '';
  return told.length === 0 ? agreement.trim() : `${agreement}${told.slice(0, 4).join('; ')}${of}.`;
}

function line(name: string, { before, after }: BeforeAfter, text: (value: number) => string): BeforeAfterLine {
  const change = before > 0 ? `${(after / before).toFixed(2)} ×` : '';
  return { name, before: text(before), after: text(after), change };
}

function metricLine({ metric, baseline, candidate, effect, interval, verdict }: ComparedMetric): BeforeAfterLine {
  const text = (value: number | null): string => (value === null ? '–' : numberText(value));
  const within = interval === null ? '' : ` (95 % ${intervalText(interval)})`;
  const change = effect === null ? '' : `${signedText(effect)}${within} ${verdict}`;
  return { name: metric, before: text(baseline), after: text(candidate), change };
}

function arrow({ before, after }: BeforeAfter, text: (value: number) => string): string {
  return `${text(before)} → ${text(after)}`;
}

function millisecondsText(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toFixed(milliseconds < 0.1 ? 1 : 0)} µs`;
  return milliseconds < 1000 ? `${milliseconds.toPrecision(3)} ms` : `${(milliseconds / 1000).toPrecision(3)} s`;
}
