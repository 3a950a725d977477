// A metric of DVCLive as it keeps it: a table with a head, a row for each step, and a time only where somebody asked for it.
import { messageOf } from '../../../../base/errors';
import { firstBytes } from '../files/first-bytes';
import { fileLines } from '../files/line-file';
import { pythonNumber, wholeNumber } from '../mlflow/mlruns-metric';
import { SeriesBuffer } from '../series-buffer';
import type { SourceReport } from '../source-report';
import type { PointColumns } from '../source-run';

/** The first row of a table; undefined when it has none. */
export function firstRow(file: string): { step: number; text: string } | undefined {
  const [head, text] = firstBytes(file, 2000).split('\n');
  if (head === undefined || text === undefined || text === '') return undefined;
  const place = cells(head, file).indexOf('step');
  return { step: Number(cells(text, file)[place] ?? 0), text };
}

/** The points of the table; `time`, in epoch milliseconds, is that of rows that say none. */
export function* metricTablePoints(
  { key, file, time }: { key: string; file: string; time: number },
  report: SourceReport,
): Generator<PointColumns> {
  const buffer = new SeriesBuffer();
  let head: string[] | undefined;
  try {
    for (const { text, at, isWhole } of fileLines(file)) {
      const row = cells(text, file);
      if (head === undefined) head = row;
      else if (text.trim() === '') continue;
      else if (!isWhole) report.problem(file, `byte ${at}`, 'the last line is cut off');
      else {
        const step = wholeNumber(row[head.indexOf('step')]);
        const given = row[head.findIndex((name) => name !== 'step' && name !== 'timestamp')];
        const value = pythonNumber(given);
        const said = wholeNumber(row[head.indexOf('timestamp')]);
        const isMeant = step !== undefined && row.length === head.length;
        if (isMeant && value !== undefined) yield* buffer.add(key, step, typeof said === 'number' ? said : time, value);
        else if (isMeant && given !== undefined && !/\d/.test(given))
          report.leave('values that are no numbers', `of ${key}`);
        else report.problem(file, `byte ${at}`, 'a row that is no point');
      }
    }
  } catch (error) {
    report.problem(file, '', messageOf(error));
  }
  yield* buffer.rest();
}

function cells(line: string, file: string): string[] {
  return line.trimEnd().split(file.endsWith('.csv') ? ',' : '\t');
}
