// A metric's file in a file store of MLflow: `TIME VALUE [STEP …]` on each line.
import { messageOf } from '../../../../base/errors';
import { fileLines } from '../files/line-file';
import { SeriesBuffer } from '../series-buffer';
import type { SourceReport } from '../source-report';
import type { PointColumns } from '../source-run';

const names: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

const decimal = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;

/** Its points. A line that is none is told to `report` with its place; the others are taken. */
export function* metricFilePoints(key: string, file: string, report: SourceReport): Generator<PointColumns> {
  const buffer = new SeriesBuffer();
  try {
    for (const { text, at, isWhole } of fileLines(file)) {
      const parts = text.trimEnd().split(' ');
      const time = wholeNumber(parts[0]);
      const step = parts[2] === undefined ? 0 : wholeNumber(parts[2]);
      const value = pythonNumber(parts[1]);
      if (!isWhole) report.problem(file, `byte ${at}`, 'the last line is cut off');
      else if (typeof time !== 'number' || time < 0 || step === undefined || value === undefined) {
        report.problem(file, `byte ${at}`, 'a line that is no point');
      } else yield* buffer.add(key, step, time, value);
    }
  } catch (error) {
    report.problem(file, '', messageOf(error));
  }
  yield* buffer.rest();
}

/** A number as Python writes a double; undefined for anything else. */
export function pythonNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (decimal.test(text)) return Number(text);
  const word = text.toLowerCase();
  return Object.hasOwn(names, word) ? names[word] : undefined;
}

/** An integer of up to 64 bits, exactly; undefined for anything else. */
export function wholeNumber(text: string | undefined): number | bigint | undefined {
  if (text === undefined || text.length > 20 || !/^-?\d+$/.test(text)) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  const exact = BigInt(text);
  return BigInt.asIntN(64, exact) === exact ? exact : undefined;
}
