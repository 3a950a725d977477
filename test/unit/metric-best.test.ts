import { expect, it } from 'vitest';
import type { MetricSummary } from '../../src/protocol/run';
import { bestOf } from '../../webview/run/metric/metric-best';

const metric = (direction: MetricSummary['direction'], rest: Partial<MetricSummary>): MetricSummary =>
  ({ key: 'loss', direction, ...rest }) as MetricSummary;

it('a metric that was never a number is not best at Infinity', () => {
  expect(bestOf(metric('down', { min: 'Infinity', minStep: 0 }))).toBe(undefined);
  expect(bestOf(metric('up', { max: 'Infinity', maxStep: 3 }))).toBe(undefined);
});

it('the best is the least or the greatest, by the direction', () => {
  const both = { min: 0.1, minStep: 4, max: 0.9, maxStep: 1 };
  expect(bestOf(metric('down', both))).toEqual({ value: 0.1, step: 4 });
  expect(bestOf(metric('up', both))).toEqual({ value: 0.9, step: 1 });
  expect(bestOf(metric('none', both))).toBe(undefined);
});
