// Colour and sign tell a run wherever it is selected: in a table and on a curve they are the same.
import { expect, it } from 'vitest';
import { markColour, markSign } from '../../src/protocol/runs/mark-signs';
import { markDash } from '../../webview/kit/chart/curve';

const marks = (count: number): number[] => Array.from({ length: count }, (_, mark) => mark);

it('no two of the first 144 runs have the same colour and sign, drawn or as a letter', () => {
  const drawn = marks(144).map((mark) => `${markColour(mark)} ${markSign(mark).path} ${markSign(mark).isFilled}`);
  const letters = marks(144).map((mark) => `${markColour(mark)} ${markSign(mark).letter}`);
  expect([new Set(drawn).size, new Set(letters).size]).toEqual([144, 144]);
});

it('beyond them signs begin anew, and lines of one colour and sign are dashed otherwise', () => {
  expect(markSign(144)).toEqual(markSign(0));
  const lines = marks(432).map((mark) => `${markColour(mark)} ${markSign(mark).letter} ${markDash(mark).join()}`);
  expect(new Set(lines).size).toBe(432);
});
