// Colour and shape tell a run wherever it is selected: in a table and on a curve they are the same.
import { expect, it } from 'vitest';
import { markColour, markShape } from '../../webview/kit/chart/curve';

it('no two of the first 36 runs have the same colour and shape', () => {
  const marks = Array.from({ length: 36 }, (_, mark) => `${markColour(mark)} ${markShape(mark).path}`);
  expect(new Set(marks).size).toBe(36);
});
