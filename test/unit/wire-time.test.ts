// Times of traces in the JSON of protobuf, digit for digit.
import { expect, it } from 'vitest';
import { durationText, timestampText } from '../../src/engine/mlflow/traces/wire-time';

it('a duration of tenths of a second keeps its three digits', () => {
  expect([0, 2, 110, 1000, 10_000, 61_500].map(durationText)).toEqual([
    '0s',
    '0.002s',
    '0.110s',
    '1s',
    '10s',
    '61.500s',
  ]);
});

it('a time of a whole second has no digits behind the point', () => {
  expect([1_700_000_000_000, 1_700_000_000_120].map(timestampText)).toEqual([
    '2023-11-14T22:13:20Z',
    '2023-11-14T22:13:20.120Z',
  ]);
});
