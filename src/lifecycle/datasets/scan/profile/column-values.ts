// The single values of a column: how many differ, which are frequent, and of texts whether they are something else.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { literalList } from '../../../../platform/duckdb/duck-text';
import type { ValueCount } from '../../../../protocol/datasets/table/profile';
import type { ColumnSummary } from './column-summaries';

/** How texts of a column may be read, as shares of those that were tried, and values that differ in writing only. */
export interface TextLooks {
  numbers: number;
  dates: number;
  /** Numbers, some of which are written with a comma, as `1,5`; `example` is one of those, null of none. */
  commas: { share: number; example: string | null };
  /** What is no number among those that were tried. */
  others: { count: number; example: string | null; isAll: boolean };
  /** At most three groups of at most three values, the most frequent first; and how many groups there are. */
  variants: { groups: string[][]; count: number };
}

export interface ColumnValues {
  distinct: number;
  isDistinctExact: boolean;
  top: ValueCount[];
  looks: TextLooks | null;
}

/** Above so many, different values are not told one by one. */
const mostValues = 10_000;
export const mostTop = 20;
const mostTried = 10_000;
/** What the estimate may be wrong by. */
const margin = 1.5;
/** Up to so many rows every value is counted. */
const fewRows = 200_000;
/** One of so many values is counted where there are too many, which is exact to some 4 % of 10,000 and 0.4 % of a million. */
const everyValue = 16;

const dateForms = ['%d/%m/%Y', '%m/%d/%Y', '%d.%m.%Y', '%d-%m-%Y', '%Y/%m/%d', '%d %b %Y', '%b %d, %Y', '%d-%b-%Y'];
const timedForms = dateForms.flatMap((form) => [form, `${form} %H:%M`, `${form} %H:%M:%S`]);

/** Reads one column of `from`. */
export async function columnValues(duck: DuckDatabase, from: string, summary: ColumnSummary): Promise<ColumnValues> {
  const { of, rows, nulls, approximate } = summary;
  const filled = rows - nulls;
  const looks = of.isText && filled > 0 ? await textLooks(duck, from, summary) : null;
  if (approximate <= mostValues * margin) {
    const groups = await duck.rows(
      `WITH g AS (SELECT ${of.value} AS v, count(*) AS n FROM ${from} GROUP BY 1)
       SELECT CAST(v AS VARCHAR) AS value, n, count(*) OVER () AS d FROM g WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT ${mostTop}`,
    );
    const distinct = Number(groups[0]?.d ?? 0);
    const top = groups.map(({ value, n }) => ({ value: String(value), rows: Number(n) }));
    return { distinct, isDistinctExact: true, top: distinct > mostValues ? [] : top, looks };
  }
  // Whether it is a key is worth a count; whether measured numbers repeat is not.
  if (rows <= fewRows || (of.column.kind !== 'number' && approximate > filled * 0.8)) {
    const [counted] = await duck.rows(`SELECT count(DISTINCT ${of.value}) AS d FROM ${from}`);
    return { distinct: Number(counted?.d), isDistinctExact: true, top: [], looks };
  }
  const [counted] = await duck.rows(
    `SELECT ${everyValue} * count(DISTINCT ${of.value}) AS d FROM ${from} WHERE hash(${of.value}) % ${everyValue} = 0`,
  );
  return { distinct: Math.min(filled, Number(counted?.d)), isDistinctExact: false, top: [], looks };
}

async function textLooks(duck: DuckDatabase, from: string, { of, approximate }: ColumnSummary): Promise<TextLooks> {
  const [tried] = await duck.rows(
    `SELECT ${looksTerms} FROM (SELECT trim(v) AS v, n, ${readAs} FROM (SELECT v, count(*) AS n
       FROM (SELECT ${of.value} AS v FROM ${from} WHERE ${of.value} <> '' LIMIT ${mostTried}) GROUP BY v))`,
  );
  const isMany = approximate > mostValues * margin;
  const groups = isMany
    ? []
    : await duck.rows(
        `WITH g AS (SELECT ${of.value} AS v, count(*) AS n FROM ${from} WHERE ${of.value} IS NOT NULL GROUP BY 1)
         SELECT ${variantsOf} AS variants, count(*) OVER () AS c FROM g
         GROUP BY ${sameWriting} HAVING ${areVariants} ORDER BY sum(n) DESC LIMIT ${mostVariants}`,
      );
  return looksOf(tried, groups);
}

/** What is asked of texts `v`, each of which `n` rows hold, once `readAs` has told what each is. */
export const looksTerms = `sum(n) AS n, sum(n) FILTER (is_number) AS numbers, min(v) FILTER (NOT is_number) AS other,
  sum(n) FILTER (is_number OR is_comma) AS commas, min(v) FILTER (is_comma) AS comma,
  sum(n) FILTER (TRY_CAST(v AS DOUBLE) IS NULL AND (TRY_CAST(v AS TIMESTAMP) IS NOT NULL
    OR try_strptime(v, ${literalList(timedForms)}) IS NOT NULL)) AS dates`;
export const readAs = `TRY_CAST(trim(v) AS DOUBLE) IS NOT NULL AND NOT regexp_matches(trim(v), '^[+-]?0[0-9]') AS is_number,
  regexp_full_match(trim(v), '[+-]?(0|[1-9][0-9.]*),[0-9]+') AS is_comma`;

/** Of values `v`, each of which `n` rows hold. */
export const variantsOf = 'list(v ORDER BY n DESC, v)[:3]';
export const sameWriting = "regexp_replace(trim(lower(nfc_normalize(v))), '[\\s_.-]+', ' ', 'g')";
export const areVariants = "count(*) > 1 AND max(v) <> ''";
export const mostVariants = 3;

type Answer = Record<string, unknown>;

/** The answers to `looksTerms` and `variantsOf`; `c` is how many groups of variants there are. */
export function looksOf(tried: Answer | undefined, groups: readonly Answer[]): TextLooks {
  const of = (key: string): number => Number(tried?.[key] ?? 0);
  const count = Math.max(1, of('n'));
  return {
    numbers: of('numbers') / count,
    dates: of('dates') / count,
    commas: { share: of('commas') / count, example: textOf(tried?.comma) },
    others: { count: count - of('numbers'), example: textOf(tried?.other), isAll: count < mostTried },
    variants: { groups: groups.map(({ variants }) => variants as string[]), count: Number(groups[0]?.c ?? 0) },
  };
}

function textOf(value: unknown): string | null {
  return value == null ? null : String(value);
}
