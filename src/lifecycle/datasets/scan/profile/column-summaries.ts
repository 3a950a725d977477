// What two scans over a group of columns tell of each: counts and extremes first, then the quantiles.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type {
  ColumnQuantiles,
  NumberSummary,
  TextSummary,
  TimeSummary,
} from '../../../../protocol/datasets/table/profile';
import type { WireInteger, WireNumber } from '../../../../protocol/number';
import type { ColumnValue } from './column-value';

type Answers = Record<string, unknown>;

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

/** Reads the columns in two scans of `from`. */
export async function columnSummaries(
  duck: DuckDatabase,
  from: string,
  columns: readonly ColumnValue[],
): Promise<ColumnSummary[]> {
  const counts = columns.flatMap((column, index) => countTerms(column, `c${index}`));
  const [counted = {}] = await duck.rows(`SELECT count(*) AS n, ${counts.join(', ')} FROM ${from}`);
  const ordered = columns.flatMap((column, index) => {
    const isPlain = Number(counted[`c${index}inf`] ?? 0) + Number(counted[`c${index}nan`] ?? 0) === 0;
    const isFar = ['min', 'max'].some((end) => isBeyondDoubles(column, counted[`c${index}${end}`]));
    return quantileTerms(column, `c${index}`, { isPlain, isFar });
  });
  const [placed = {}] = ordered.length === 0 ? [{}] : await duck.rows(`SELECT ${ordered.join(', ')} FROM ${from}`);
  const found: Answers = { ...counted, ...placed };
  return columns.map((column, index) => summaryOf(column, (key) => found[`c${index}${key}`], Number(counted.n)));
}

function countTerms({ value, double, ...of }: ColumnValue, as: string): string[] {
  const hits = (condition: string | null): string => (condition === null ? '0' : `count_if(${condition})`);
  const terms = [`count(${value}) AS ${as}n`, `approx_count_distinct(${value}) AS ${as}d`];
  if (of.isNumber || of.isTime) {
    terms.push(`CAST(min(${value}) AS VARCHAR) AS ${as}min`, `CAST(max(${value}) AS VARCHAR) AS ${as}max`);
    terms.push(`${hits(of.isInfinite)} AS ${as}inf`, `${hits(of.isNan)} AS ${as}nan`);
  }
  if (of.isNumber) {
    terms.push(`favg(${double}) AS ${as}mean`);
    terms.push(`${hits(`(${value}) = 0`)} AS ${as}zero`, `${hits(`(${value}) < 0`)} AS ${as}neg`);
  }
  if (double !== null) terms.push(`min(${double}) AS ${as}lo`, `max(${double}) AS ${as}hi`);
  if (of.isText) {
    const length = `length(${value})`;
    terms.push(`min(${length}) AS ${as}short`, `max(${length}) AS ${as}long`, `avg(${length}) AS ${as}length`);
    terms.push(`${hits(`${value} = ''`)} AS ${as}empty`);
  }
  return terms;
}

/** Whole numbers that a double would round. */
function isBeyondDoubles({ column }: ColumnValue, end: unknown): boolean {
  return column.kind === 'integer' && end != null && !Number.isSafeInteger(Number(end));
}

/** `isPlain`: every value is finite, and none need be looked at before it is taken. `isFar`: what lies between two values is none. */
function quantileTerms(
  { column, finite, double, isNumber, isTime }: ColumnValue,
  as: string,
  { isPlain, isFar }: { isPlain: boolean; isFar: boolean },
): string[] {
  const value = isPlain ? identifier(column.name) : finite;
  if (isNumber && isFar) return [`CAST(quantile_disc(${value}, ${shares}) AS VARCHAR[]) AS ${as}q`];
  if (isNumber) return [`quantile_cont(${value}, ${shares}) AS ${as}q`];
  if (!isTime) return [];
  const text = `CAST(quantile_disc(${value}, ${shares}) AS VARCHAR[]) AS ${as}q`;
  return double === null ? [text] : [text, `quantile_disc(${double}, [0.05, 0.95]) AS ${as}e`];
}

function summaryOf(of: ColumnValue, found: (key: string) => unknown, rows: number): ColumnSummary {
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
