// What two scans over a group of columns tell of each: counts and extremes first, then the quantiles.
import { identifier } from '../../../../platform/duckdb/duck-text';
import type {
  ColumnQuantiles,
  NumberSummary,
  TextSummary,
  TimeSummary,
} from '../../../../protocol/datasets/table/profile';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import type { WireInteger, WireNumber } from '../../../../protocol/number';
import type { AskedColumns, ColumnAnswers } from '../columns/asked-columns';
import { type ColumnValue, columnValue } from './column-value';

/** One column before its values are counted. `approximate` is how many values differ, within some 15 %. */
export interface ColumnSummary {
  of: ColumnValue;
  rows: number;
  nulls: number;
  approximate: number;
  numbers: NumberSummary | null;
  times: TimeSummary | null;
  texts: TextSummary | null;
  /** Of numbers and moments: the ends and quantiles as doubles; null where no finite value is. */
  span: { min: number; max: number; p05: number; p95: number } | null;
}

const shares = '[0.05, 0.25, 0.5, 0.75, 0.95]';

/** Reads the columns in two scans. */
export async function columnSummaries(asked: AskedColumns): Promise<ColumnSummary[]> {
  const columns = asked.columns.map(columnValue);
  const counted = await asked.ask((column) => countTerms(columnValue(column)));
  const placed = await asked.ask((column, index) => {
    const found = counted[index] ?? {};
    const isPlain = Number(found.inf ?? 0) + Number(found.nan ?? 0) === 0;
    const isFar = ['min', 'max'].some((end) => isBeyondDoubles(column, found[end]));
    return quantileTerms(columnValue(column), { isPlain, isFar });
  });
  return columns.map((of, index) => {
    const found: ColumnAnswers = { ...counted[index], ...placed[index] };
    return summaryOf(of, (key) => found[key]);
  });
}

function countTerms({ value, double, ...of }: ColumnValue): Record<string, string> {
  const hits = (condition: string | null): string => (condition === null ? '0' : `count_if(${condition})`);
  const length = `length(${value})`;
  return {
    rows: 'count(*)',
    n: `count(${value})`,
    d: `approx_count_distinct(${value})`,
    ...((of.isNumber || of.isTime) && {
      min: `CAST(min(${value}) AS VARCHAR)`,
      max: `CAST(max(${value}) AS VARCHAR)`,
      inf: hits(of.isInfinite),
      nan: hits(of.isNan),
    }),
    ...(of.isNumber && {
      mean: `favg(${double})`,
      zero: hits(`(${value}) = 0`),
      neg: hits(`(${value}) < 0`),
    }),
    ...(double !== null && { lo: `min(${double})`, hi: `max(${double})` }),
    ...(of.isText && {
      short: `min(${length})`,
      long: `max(${length})`,
      length: `avg(${length})`,
      empty: hits(`${value} = ''`),
    }),
  };
}

/** Whole numbers that a double would round. */
function isBeyondDoubles({ kind }: TableColumn, end: unknown): boolean {
  return kind === 'integer' && end != null && !Number.isSafeInteger(Number(end));
}

/** `isPlain`: every value is finite, and none need be looked at before it is taken. `isFar`: what lies between two values is none. */
function quantileTerms(
  { column, finite, double, isNumber, isTime }: ColumnValue,
  { isPlain, isFar }: { isPlain: boolean; isFar: boolean },
): Record<string, string> {
  const value = isPlain ? identifier(column.name) : finite;
  const discrete = `CAST(quantile_disc(${value}, ${shares}) AS VARCHAR[])`;
  // Of decimals DuckDB cuts what lies between two values to their digits, and of 32-bit numbers it rounds.
  if (isNumber) return { q: isFar ? discrete : `quantile_cont(CAST(${value} AS DOUBLE), ${shares})` };
  if (!isTime) return {};
  return double === null ? { q: discrete } : { q: discrete, e: `quantile_disc(${double}, [0.05, 0.95])` };
}

function summaryOf(of: ColumnValue, found: (key: string) => unknown): ColumnSummary {
  const rows = Number(found('rows'));
  const filled = Number(found('n'));
  const quantiles = found('q') as unknown[] | null | undefined;
  const [low, high] = [found('lo'), found('hi')];
  const [p05, p95] = of.isNumber ? [quantiles?.[0], quantiles?.[4]] : ((found('e') as unknown[] | null) ?? []);
  return {
    of,
    rows,
    nulls: rows - filled,
    // The estimate may exceed what there is.
    approximate: Math.min(Number(found('d')), filled),
    numbers: of.isNumber && filled > 0 ? numbersOf(of, found) : null,
    times:
      of.isTime && filled > 0 && quantiles
        ? { min: String(found('min')), max: String(found('max')), quantiles: five(quantiles.map(String)) }
        : null,
    texts:
      of.isText && filled > 0
        ? {
            shortest: Number(found('short')),
            longest: Number(found('long')),
            meanLength: Number(found('length')),
            empty: Number(found('empty')),
          }
        : null,
    span:
      low == null || high == null || p05 == null
        ? null
        : { min: Number(low), max: Number(high), p05: Number(p05), p95: Number(p95) },
  };
}

function numbersOf({ column }: ColumnValue, found: (key: string) => unknown): NumberSummary {
  const quantiles = found('q') as unknown[] | null;
  const end = (key: string): WireInteger | WireNumber => numberOnWire(String(found(key)), column.kind === 'integer');
  return {
    min: end('min'),
    max: end('max'),
    mean: finite(found('mean')),
    sd: null,
    skewness: null,
    quantiles:
      quantiles === null
        ? null
        : five(quantiles.map((each) => numberOnWire(String(each), column.kind === 'integer') as WireInteger)),
    zeros: Number(found('zero')),
    negatives: Number(found('neg')),
    infinite: Number(found('inf')),
    nans: Number(found('nan')),
  };
}

/** DuckDB's text of a number: whole ones keep every digit. */
function numberOnWire(text: string, isWhole: boolean): WireInteger | WireNumber {
  if (/^-?inf/i.test(text)) return text.startsWith('-') ? '-Infinity' : 'Infinity';
  const value = Number(text);
  return isWhole && !Number.isSafeInteger(value) ? text : value;
}

function five<Value>([p05, p25, p50, p75, p95]: readonly Value[]): ColumnQuantiles<Value> {
  return { p05, p25, p50, p75, p95 } as ColumnQuantiles<Value>;
}

function finite(value: unknown): number | null {
  const number = value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}
