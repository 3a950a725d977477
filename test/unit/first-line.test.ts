import { expect, it } from 'vitest';
import type { MetricSummary, RunDetail } from '../../src/protocol/run';
import { firstLine } from '../../webview/run/head/first-line';

const sentence = (state: 'finished' | 'running', rest: Partial<MetricSummary>): string => {
  const run = { state, startTime: 0, endTime: 1000, headline: null, recording: null, deletedTime: null };
  const metric = { key: 'acc', direction: 'up', count: 10, nonFinite: 0, lastStep: 9, ...rest };
  return firstLine(run as unknown as RunDetail, [metric as MetricSummary], 1000).sentence;
};

it('a metric that did not change stayed where it was', () => {
  const flat = { min: 0.9, minStep: 0, max: 0.9, maxStep: 0, last: 0.9 };
  expect(sentence('finished', flat)).toBe('acc stayed at 0.9000');
  expect(sentence('running', flat)).toBe('acc has stayed at 0.9000 so far');
  expect(sentence('finished', { ...flat, direction: 'none' })).toBe('acc stayed at 0.9000');
});

it('of equal values the first is the best, as in the table', () => {
  const tied = { min: 0.1, minStep: 0, max: 0.9, maxStep: 4, last: 0.9 };
  expect(sentence('finished', tied)).toBe('acc ended at its best: 0.9000, first at step 4');
  expect(sentence('finished', { ...tied, maxStep: 9 })).toBe('acc ended at its best: 0.9000 at step 9');
  expect(sentence('running', { ...tied, maxStep: 9 })).toBe('acc is at its best so far: 0.9000 at step 9');
});
