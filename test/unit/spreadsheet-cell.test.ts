// What a run is called or was given must not be run as a formula by whoever opens the saved table.
import { describe, expect, it } from 'vitest';
import { spreadsheetCell } from '../../src/extension/table/spreadsheet-cell';

describe('a cell of a table saved for a spreadsheet', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3', "'-2+3"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
  ])('%j is no formula there', (text, written) => expect(spreadsheetCell(text)).toBe(written));

  it.each(['-0.5', '+1e-3', '-inf', '-1.5e+300', 'adam', 'a=b', ''])('%j stays as it is', (text) =>
    expect(spreadsheetCell(text)).toBe(text),
  );

  it('numbers, missing values and texts with commas are as ever', () => {
    expect([-0.5, null, true, 'a, "b"'].map(spreadsheetCell)).toEqual(['-0.5', '', 'true', '"a, ""b"""']);
  });
});
