// Where a value stands along an axis: numbers by size, levels in bands; what is no number has no place.
import type { RelationColumn, RelationValue } from '../../../../src/protocol/comparison/relations';
import type { AxisScale } from '../../../../src/protocol/series';
import { numberText } from '../../../../src/protocol/wording';
import { niceTicks } from '../../../kit/chart/axis';
import { fromScale, hasPlace, logTicks, toScale } from '../../../kit/chart/scale';
import { valueTickTexts } from '../../../kit/chart/ticks';

/** A tick at a place from 0 to 1. */
export interface AxisTick {
  at: number;
  text: string;
}

/** An axis over one column. `low` and `high` are measures of the scale; of levels they are unused. */
export interface ValueAxis {
  column: RelationColumn;
  scale: AxisScale;
  low: number;
  high: number;
  levels: readonly string[];
  ticks: readonly AxisTick[];
}

const byLetters = new Intl.Collator('en', { numeric: true });

/** Logarithmic for values above zero that span two decades or more, as learning rates do. */
export function usualScale({ kind, values }: RelationColumn): AxisScale {
  const numbers = values.filter((value) => typeof value === 'number');
  if (kind === 'level' || numbers.length === 0) return 'linear';
  const least = Math.min(...numbers);
  return least > 0 && Math.max(...numbers) / least >= 100 ? 'log' : 'linear';
}

/** The axis of a column; a logarithmic one only where some value has a place on it. `most` ticks or about so many. */
export function axisOf(column: RelationColumn, scale: AxisScale, most: number): ValueAxis {
  if (column.kind === 'level') return levelAxis(column, most);
  const finite = column.values.filter((value) => typeof value === 'number');
  const isLog = scale === 'log' && finite.some((value) => value > 0);
  const own: AxisScale = isLog ? 'log' : 'linear';
  const measures = finite.filter((value) => hasPlace(own, value)).map((value) => toScale(own, value));
  const [least, greatest] = [Math.min(...measures), Math.max(...measures)];
  const room = least === greatest ? Math.abs(least) * 0.1 || 1 : (greatest - least) * 0.04;
  const [low, high] = measures.length === 0 ? [0, 1] : [least - room, greatest + room];
  const bare = { column, scale: own, low, high, levels: [] };
  const [from, to] = [fromScale(own, low), fromScale(own, high)];
  const values = own === 'log' ? logTicks(from, to, most) : niceTicks(from, to, most);
  const texts = valueTickTexts(values, own);
  return { ...bare, ticks: values.map((value, index) => ({ at: placeOf(bare, value), text: texts[index] ?? '' })) };
}

/** A place from 0 to 1; null for what is missing, no number, or not on a logarithmic axis. */
export function placeOn(axis: Omit<ValueAxis, 'ticks'>, value: RelationValue): number | null {
  if (axis.column.kind === 'level') {
    const level = axis.levels.indexOf(String(value));
    return value === null || level < 0 ? null : (level + 0.5) / axis.levels.length;
  }
  return typeof value === 'number' && hasPlace(axis.scale, value) ? placeOf(axis, value) : null;
}

/** The number at a place. */
export function valueAt({ scale, low, high }: ValueAxis, place: number): number {
  return fromScale(scale, low + place * (high - low));
}

/** A value in words; `–` where there is none. */
export function valueText(value: RelationValue | undefined): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'number' ? numberText(value) : value;
}

function placeOf({ scale, low, high }: Pick<ValueAxis, 'scale' | 'low' | 'high'>, value: number): number {
  return (toScale(scale, value) - low) / (high - low);
}

function levelAxis(column: RelationColumn, most: number): ValueAxis {
  const levels = [...new Set(column.values.filter((value) => value !== null).map(String))].sort(byLetters.compare);
  const stride = Math.max(1, Math.ceil(levels.length / Math.max(1, most)));
  const ticks = levels
    .map((text, index) => ({ at: (index + 0.5) / levels.length, text }))
    .filter((_, index) => index % stride === 0);
  return { column, scale: 'linear', low: 0, high: 1, levels, ticks };
}
