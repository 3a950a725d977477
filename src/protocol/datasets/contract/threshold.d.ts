/** How a number is compared. */
export declare const thresholdOperators: readonly [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
];
export type ThresholdOperator = (typeof thresholdOperators)[number];
/** `values` are one number, or two for the operators of `between`. A share is told in percent, 0 to 100. */
export interface Threshold {
  operator: ThresholdOperator;
  values: number[];
  unit: 'number' | 'percent' | 'hours';
}
/** Whether the number is as it must be; NaN never is. */
export declare function meetsThreshold(value: number, { operator, values }: Threshold): boolean;
/** `≤ 5 %`, `80 … 4,983`; both ends count. */
export declare function thresholdWords(threshold: Threshold): string;
/** At most six significant digits, thousands with a comma, a real minus. */
export declare function plainNumber(value: number): string;
