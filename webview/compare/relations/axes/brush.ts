// Which runs lie within the parts of axes that were chosen.
import type { RelationBrush } from '../../../../src/protocol/comparison/compare-panel';
import { listText } from '../../../../src/protocol/comparison/comparison-words';
import type { RelationColumn, RelationValue } from '../../../../src/protocol/comparison/relations';
import { numberText } from '../../../../src/protocol/wording';
import { placeOn, type ValueAxis, valueAt } from './value-axis';

/** Whether a value lies within; what is missing lies nowhere. */
function isWithin(brush: RelationBrush, value: RelationValue): boolean {
  if ('levels' in brush) return value !== null && brush.levels.includes(String(value));
  return typeof value === 'number' && value >= brush.from && value <= brush.to;
}

/** Of each run whether it lies within all parts; columns that are gone choose nothing. */
export function keptRuns(
  runs: number,
  columns: readonly RelationColumn[],
  brushes: Readonly<Record<string, RelationBrush>>,
): boolean[] {
  const active = columns.flatMap((column) => {
    const brush = brushes[column.id];
    return brush === undefined ? [] : [{ brush, values: column.values }];
  });
  return Array.from({ length: runs }, (_, run) =>
    active.every(({ brush, values }) => isWithin(brush, values[run] ?? null)),
  );
}

/** The part between two places; null where it is so small that nothing was chosen, or holds everything. */
export function brushBetween(axis: ValueAxis, one: number, other: number): RelationBrush | null {
  const [from, to] = [Math.max(0, Math.min(one, other)), Math.min(1, Math.max(one, other))];
  if (axis.column.kind === 'level') {
    const levels = axis.levels.filter((level) => isBetween(placeOn(axis, level), from, to));
    return levels.length === 0 || levels.length === axis.levels.length ? null : { levels };
  }
  if (to - from < 0.01 || (from <= 0 && to >= 1)) return null;
  return { from: valueAt(axis, from), to: valueAt(axis, to) };
}

/** From which place to which a part goes. */
export function brushPlaces(axis: ValueAxis, brush: RelationBrush | undefined): [from: number, to: number] {
  if (brush === undefined) return [0, 1];
  if ('levels' in brush) {
    const places = brush.levels.map((level) => placeOn(axis, level)).filter((place) => place !== null);
    const half = 0.5 / Math.max(1, axis.levels.length);
    return places.length === 0 ? [0, 1] : [Math.min(...places) - half, Math.max(...places) + half];
  }
  return [clamped(placeOn(axis, brush.from) ?? 0), clamped(placeOn(axis, brush.to) ?? 1)];
}

/** `learning_rate 0.0100 to 0.1000`, `model gbm and rf`. */
export function brushText({ name }: RelationColumn, brush: RelationBrush): string {
  if ('levels' in brush) return `${name} ${listText(brush.levels)}`;
  return `${name} ${numberText(brush.from)} to ${numberText(brush.to)}`;
}

function isBetween(place: number | null, from: number, to: number): boolean {
  return place !== null && place >= from && place <= to;
}

function clamped(place: number): number {
  return Math.min(1, Math.max(0, place));
}
