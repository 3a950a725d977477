// What a number must be, in the operators of ODCS. `between` takes both ends in: the standard's prose says neither, its
// examples read as both, so it is said wherever one is shown.

/** How a number is compared. */
export const thresholdOperators = [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
] as const;
export type ThresholdOperator = (typeof thresholdOperators)[number];

/** `values` are one number, or two for the operators of `between`. A share is told in percent, 0 to 100. */
export interface Threshold {
  operator: ThresholdOperator;
  values: number[];
  unit: 'number' | 'percent' | 'hours';
}

const judges: Readonly<Record<ThresholdOperator, (value: number, first: number, second: number) => boolean>> = {
  mustBe: (value, first) => isNear(value, first),
  mustNotBe: (value, first) => !isNear(value, first),
  mustBeGreaterThan: (value, first) => value > first && !isNear(value, first),
  mustBeGreaterOrEqualTo: (value, first) => value >= first || isNear(value, first),
  mustBeLessThan: (value, first) => value < first && !isNear(value, first),
  mustBeLessOrEqualTo: (value, first) => value <= first || isNear(value, first),
  mustBeBetween: (value, first, second) =>
    (value >= first && value <= second) || isNear(value, first) || isNear(value, second),
  mustNotBeBetween: (value, first, second) =>
    !((value >= first && value <= second) || isNear(value, first) || isNear(value, second)),
};

/** Whether the number is as it must be; NaN never is. */
export function meetsThreshold(value: number, { operator, values }: Threshold): boolean {
  const [first = Number.NaN, second = Number.NaN] = values;
  return !Number.isNaN(value) && judges[operator](value, first, second);
}

/** Equal but for the rounding of a division or a sum. */
function isNear(value: number, other: number): boolean {
  return value === other || Math.abs(value - other) <= 1e-12 * Math.max(Math.abs(value), Math.abs(other));
}

const signs: Readonly<Record<ThresholdOperator, string>> = {
  mustBe: '',
  mustNotBe: 'not ',
  mustBeGreaterThan: '> ',
  mustBeGreaterOrEqualTo: '≥ ',
  mustBeLessThan: '< ',
  mustBeLessOrEqualTo: '≤ ',
  mustBeBetween: '',
  mustNotBeBetween: 'not ',
};

/** `≤ 5 %`, `80 … 4,983`; both ends count. */
export function thresholdWords(threshold: Threshold): string {
  const unit = threshold.unit === 'percent' ? ' %' : threshold.unit === 'hours' ? ' h' : '';
  return `${signs[threshold.operator]}${threshold.values.map(plainNumber).join(' … ')}${unit}`;
}

/** At most six significant digits, thousands with a comma, a real minus. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('-', '−');
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(6));
  const size = Math.abs(rounded);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e15)
      ? String(size)
      : size.toLocaleString('en-US', { maximumFractionDigits: 10 });
  return rounded < 0 ? `−${text}` : text;
}
