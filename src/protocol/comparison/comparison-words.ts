// How differences, intervals and chances are put into words: the same in the CLI, in reports and in panels.
import { bytesText, countText, durationText, numberText } from '../wording';
import type { ComparedMetric, Cost } from './comparison';

/** A difference with its sign, four decimals where they say something of it: `+0.0123`, `−0.0009`, `+2.100e−5`, `0`. */
export function signedText(value: number): string {
  const size = Math.abs(value);
  const text = size >= 0.000_05 && size < 0.001 ? value.toFixed(4).replace('-', '−') : numberText(value);
  return value > 0 ? `+${text}` : text;
}

/** `+0.0040 to +0.0321`. */
export function intervalText([low, high]: readonly [number, number]): string {
  return `${signedText(low)} to ${signedText(high)}`;
}

/** `.029`, `< .001`, `1`: never a bare zero. */
export function chanceText(p: number): string {
  if (p < 0.001) return '< .001';
  return p > 0.9995 ? '1' : p.toFixed(3).replace(/^0/, '');
}

/** `roc_auc +0.0123 (95 % +0.0040 to +0.0321, p .012)`; what is not known is left out. */
export function effectText({ metric, effect, interval, p }: ComparedMetric): string {
  if (effect === null) return metric;
  if (interval === null) return `${metric} ${signedText(effect)}`;
  const chance = p === null ? '' : `, p ${p < 0.001 ? '' : '= '}${chanceText(p)}`;
  return `${metric} ${signedText(effect)} (95 % ${intervalText(interval)}${chance})`;
}

/** `a, b and c`. */
export function listText(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `300 rows`, `1 value of day`: `unit` names several. */
export function unitText(count: number, unit: string): string {
  return countText(count, unit.replace(/^(row|value|pair|run|fold)s/, '$1'), unit);
}

/** `3.5 s`, `420 ms`, `305 kB`; `–` where it is not known. */
export function costText(value: number | null, unit: Cost['unit']): string {
  if (value === null) return '–';
  if (unit !== 'ms') return bytesText(value);
  return value < 1000 ? `${Math.round(value)} ms` : durationText(value);
}

/** `+2.1 s`, `−26 MB`, `none`; `–` where a side is not known. */
export function costDifference({ baseline, candidate, unit }: Cost): string {
  if (baseline === null || candidate === null) return '–';
  const difference = candidate - baseline;
  if (Math.abs(difference) < 0.5) return 'none';
  return `${difference > 0 ? '+' : '−'}${costText(Math.abs(difference), unit)}`;
}
