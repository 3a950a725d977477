// What is drawn of curves as a table in a file: what stands for groups of runs, which no single point tells.
import { spreadsheetLine } from '../../../../src/protocol/export/spreadsheet-cell';
import type { ChartView, Curve } from '../curve';
import { seriesColumns } from '../table/series-columns';

/** RFC 4180 with a head: the curve's name, then its columns as the table beside the chart has them, numbers in full. */
export function curvesCsv(curves: readonly Curve[], view: ChartView): string {
  const lines = curves.flatMap(({ shown }, place) => {
    const columns = seriesColumns(shown, view);
    const head = ['group', ...columns.map((column) => column.head.toLowerCase().replaceAll(' ', '_'))];
    const rows = shown.x.map((_, index) => [shown.key, ...columns.map((column) => column.at(index) ?? '')]);
    return place === 0 ? [head, ...rows] : rows;
  });
  return lines.map(spreadsheetLine).join('');
}
