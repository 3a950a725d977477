// What a run is called or was given must not be run as a formula by whoever opens the saved table.
import { describe, expect, it } from 'vitest';
import { spreadsheetLine } from '../../src/protocol/export/spreadsheet-cell';
import { tableCsv } from '../../webview/compare/relations/figure/value-table';
import type { ChartView, Curve } from '../../webview/kit/chart/curve';
import { curvesCsv } from '../../webview/kit/chart/export/chart-csv';

describe('a cell of a table saved for a spreadsheet', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3', "'-2+3"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
  ])('%j is no formula there', (text, written) => expect(spreadsheetLine([text])).toBe(`${written}\n`));

  it.each(['-0.5', '+1e-3', '-inf', '-1.5e+300', 'adam', 'a=b', ''])('%j stays as it is', (text) =>
    expect(spreadsheetLine([text])).toBe(`${text}\n`),
  );

  it('numbers, missing values and texts with commas are as ever', () => {
    expect(spreadsheetLine([-0.5, null, true, 'a, "b"'])).toBe('-0.5,,true,"a, ""b"""\n');
  });
});

describe('a chart of a comparison saved as a table', () => {
  it('runs no run name as a formula, in a table of values', () => {
    const row = { key: 'a', cells: ['=1+1', -0.5, null], texts: [] };
    expect(tableCsv({ head: ['run', 'gap', 'rest'], rows: [row] })).toBe("run,gap,rest\n'=1+1,-0.5,\n");
  });

  it('nor in one of curves', () => {
    const group = { low: [1], high: [2], runs: [3] };
    const shown = {
      key: '=HYPERLINK(1)',
      x: [0],
      last: [-1.5],
      smooth: [],
      joined: null,
      group,
      min: [-2],
      max: [0],
      count: [4],
    };
    const view = { axis: 'step', along: '', group: { centre: 'mean', spread: 'deviation' } } as unknown as ChartView;
    const [, line] = curvesCsv([{ shown } as unknown as Curve], view).split('\n');
    expect(line).toBe("'=HYPERLINK(1),0,-1.5,1,2,3,-2,0,4");
  });
});
