import { expect, it } from 'vitest';
import type { MetricSummary, RunSummary } from '../../src/protocol/run';
import { childrenAnswer } from '../../webview/run/children/child-runs';
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

it('the best of the child runs that are known is not said to be the best of all, and what is no number is no best', () => {
  const child = (value: number | 'NaN') =>
    ({ state: 'finished', headline: { key: 'loss', direction: 'down', value } }) as RunSummary;
  expect(childrenAnswer([child(0.5), child(0.25)], 2)).toBe('2 · best loss 0.2500');
  expect(childrenAnswer([child(0.5), child(0.25)], 700)).toBe('700 · best loss 0.2500 of the newest 2 runs');
  expect(childrenAnswer([child('NaN')], 1)).toBe('1');
});
