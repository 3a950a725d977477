// A run has one mark in the whole window, whoever shows it first.
import { expect, it } from 'vitest';
import { agreedMarks, withMarks } from '../../src/protocol/runs/run-marks';

it('runs that join get the lowest marks that nobody has, and those that were there keep theirs', () => {
  expect(withMarks([['b', 1]], ['a', 'b', 'c'])).toEqual([
    ['b', 1],
    ['a', 0],
    ['c', 2],
  ]);
});

it('a run is marked as elsewhere, and none with the mark of another run there', () => {
  const elsewhere = new Map([
    ['a', 0],
    ['x', 1],
  ]);
  const own: [string, number][] = [
    ['a', 3],
    ['b', 0],
    ['c', 1],
    ['d', 2],
  ];
  expect(agreedMarks(own, elsewhere)).toEqual([
    ['a', 0],
    ['b', 3],
    ['c', 4],
    ['d', 2],
  ]);
  expect(agreedMarks(own, new Map())).toEqual(own);
});
