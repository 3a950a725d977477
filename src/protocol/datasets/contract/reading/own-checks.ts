// Our own checks, out of `implementation`.
import { parse } from 'yaml';
import { messageOf } from '../../../../base/errors';
import type { CheckTest, Interval, OtherTable } from '../contract';
import { isColumnCheck, type SlipwayCheck, type SlipwayCheckName, slipwayCheck } from '../slipway-check';
import type { Threshold } from '../threshold';
import { betweenThreshold, type DraftProblem, mostlyThreshold, mostlyWords } from './check-draft';
import { patternFault } from './property-checks';
import type { QualityChecks, QualityPlace } from './quality-checks';
import { checkKeysAt } from './schema-keys';
import { issueSentences } from './schema-problem';
import type { YamlPath } from './yaml-places';

/** What a check of ours is made into. */
interface Made {
  title: string;
  test: CheckTest;
  threshold: Threshold | null;
  /** The columns, where they are not that of the property. */
  columns?: string[];
}

/** The check in `implementation`, given as a map or as YAML in a text. */
export function ownChecks(
  implementation: string | Record<string, unknown>,
  { column, path }: QualityPlace,
): QualityChecks {
  const isText = typeof implementation === 'string';
  let value: unknown = implementation;
  if (isText) {
    try {
      value = parse(implementation);
    } catch (error) {
      return problem(path, `This is no YAML: ${messageOf(error).split('\n')[0]}`);
    }
  }
  const parsed = slipwayCheck.safeParse(value);
  if (!parsed.success) {
    const sentences = issueSentences(parsed.error, checkKeysAt);
    // In a text nothing within has a place of its own.
    return {
      drafts: [],
      problems: sentences.map(({ inner, message }) => ({ path: isText ? path : [...path, ...inner], message })),
    };
  }
  const [name, second] = Object.keys(parsed.data) as SlipwayCheckName[];
  if (name === undefined) return problem(path, 'Say which check it is, such as range, in, mean or freshness.');
  if (second !== undefined)
    return problem([...path, second], `One check stands here already: ${name}. Give each its own item.`);
  if (isColumnCheck(name) !== (column !== undefined)) {
    const where = isColumnCheck(name)
      ? 'a column: move it to quality of a property'
      : 'the table: move it to its quality';
    return problem([...path, name], `${name} is about ${where}.`);
  }
  return draftOf(parsed.data, name, { column, path: isText ? path : [...path, name] });
}

function draftOf(check: SlipwayCheck, name: SlipwayCheckName, { column, path }: QualityPlace): QualityChecks {
  const fault = faultOf(check, path);
  if (fault !== undefined) return { drafts: [], problems: [fault] };
  const made = { ...makeRowTest(check), ...makeValueTest(check), ...makeNumberTest(check), ...makeTableTest(check) }[
    name
  ];
  if (made === undefined) return problem(path, `${name} is not known.`);
  const columns = made.columns ?? (column === undefined ? [] : [column]);
  return { drafts: [{ ...made, columns, path }], problems: [] };
}

type Makings = Partial<Record<SlipwayCheckName, Made>>;

function rowTest(title: string, test: CheckTest, mostly: number | undefined, columns?: string[]): Made {
  const made = { title: title + mostlyWords(mostly), test, threshold: mostlyThreshold(mostly) };
  return columns === undefined ? made : { ...made, columns };
}

function makeRowTest(check: SlipwayCheck): Makings {
  const { empty, in: within, notIn, range, length, matches, notMatches, type, format, unique, notNull } = check;
  return {
    ...(empty && { empty: rowTest('Empty', { kind: 'empty' }, empty.mostly) }),
    ...(within && { in: rowTest('In set', { kind: 'in set', values: within.values }, within.mostly) }),
    ...(notIn && { notIn: rowTest('Not in set', { kind: 'not in set', values: notIn.values }, notIn.mostly) }),
    ...(range && { range: rowTest('Range', { kind: 'range', range: intervalOf(range) }, range.mostly) }),
    ...(length && { length: rowTest('Length', { kind: 'length', range: intervalOf(length) }, length.mostly) }),
    ...(matches && {
      matches: rowTest('Pattern', { kind: 'pattern', pattern: matches.pattern, matches: true }, matches.mostly),
    }),
    ...(notMatches && {
      notMatches: rowTest(
        'Not pattern',
        { kind: 'pattern', pattern: notMatches.pattern, matches: false },
        notMatches.mostly,
      ),
    }),
    ...(type && { type: rowTest('Type', { kind: 'type', type: type.is }, type.mostly) }),
    ...(format && {
      format: rowTest(
        'Format',
        {
          kind: 'format',
          format: format.strptime === undefined ? (format.is ?? 'datetime') : { strptime: format.strptime },
        },
        format.mostly,
      ),
    }),
    ...(unique && { unique: rowTest('Unique', { kind: 'duplicates' }, unique.mostly) }),
    ...(notNull && { notNull: rowTest('Nulls', { kind: 'nulls' }, notNull.mostly) }),
  };
}

function makeValueTest(check: SlipwayCheck): Makings {
  const { distinctValues, mostCommon, increasing, decreasing, outliers, foreignKey } = check;
  const { equal, contain, within } = distinctValues ?? {};
  const order = (direction: 'increasing' | 'decreasing', given: typeof increasing): Made =>
    rowTest(
      direction === 'increasing' ? 'Increasing' : 'Decreasing',
      { kind: 'order', direction, strictly: given?.strictly ?? false },
      given?.mostly,
    );
  const method = outliers?.method ?? 'iqr';
  return {
    ...(distinctValues && {
      distinctValues: {
        title: equal ? 'Distinct values' : contain ? 'Distinct values contain' : 'Distinct values within',
        test: {
          kind: 'distinct set',
          values: equal ?? contain ?? within ?? [],
          relation: equal ? 'equal' : contain ? 'contain' : 'within',
        },
        threshold: null,
      },
    }),
    ...(mostCommon && {
      mostCommon: { title: 'Most common', test: { kind: 'most common', values: mostCommon.in }, threshold: null },
    }),
    ...(increasing && { increasing: order('increasing', increasing) }),
    ...(decreasing && { decreasing: order('decreasing', decreasing) }),
    ...(outliers && {
      outliers: rowTest(
        'Outliers',
        { kind: 'outliers', method, factor: outliers.factor ?? (method === 'iqr' ? 1.5 : 3) },
        outliers.mostly,
      ),
    }),
    ...(foreignKey && {
      foreignKey: rowTest(
        'Foreign key',
        {
          kind: 'foreign key',
          table: otherOf(foreignKey),
          keys: foreignKey.column === undefined ? [] : [foreignKey.column],
        },
        foreignKey.mostly,
      ),
    }),
  };
}

function makeNumberTest(check: SlipwayCheck): Makings {
  const { distinctCount, distinctShare, mean, median, stddev, sum, minimum, maximum, quantile, share } = check;
  const { freshness, change, drift } = check;
  const number = (title: string, test: CheckTest, given: Ends): Made => ({
    title,
    test,
    threshold: betweenThreshold(given),
  });
  return {
    ...(distinctCount && { distinctCount: number('Distinct values', { kind: 'distinct count' }, distinctCount) }),
    ...(distinctShare && { distinctShare: number('Distinct share', { kind: 'distinct share' }, distinctShare) }),
    ...(mean && { mean: number('Mean', { kind: 'mean' }, mean) }),
    ...(median && { median: number('Median', { kind: 'median' }, median) }),
    ...(stddev && { stddev: number('Standard deviation', { kind: 'standard deviation' }, stddev) }),
    ...(sum && { sum: number('Sum', { kind: 'sum' }, sum) }),
    ...(minimum && {
      minimum: {
        title: 'Minimum',
        test: { kind: 'extreme', of: 'minimum', range: intervalOf(minimum) },
        threshold: null,
      },
    }),
    ...(maximum && {
      maximum: {
        title: 'Maximum',
        test: { kind: 'extreme', of: 'maximum', range: intervalOf(maximum) },
        threshold: null,
      },
    }),
    ...(quantile && {
      quantile: number(
        `Quantile ${Number((quantile.q * 100).toPrecision(12))} %`,
        { kind: 'quantile', share: quantile.q },
        quantile,
      ),
    }),
    ...(share && {
      share: number(`Share of ${String(share.value)}`, { kind: 'share of value', value: share.value }, share),
    }),
    ...(freshness && { freshness: freshnessCheck(hoursOf(freshness.within)) }),
    ...(change && {
      change: {
        title: `Change of ${change.of === 'stddev' ? 'standard deviation' : change.of}`,
        test: {
          kind: 'change',
          of: change.of === 'stddev' ? 'standard deviation' : change.of,
          reference: otherOf(change),
        },
        threshold: betweenThreshold({ max: change.max }),
      },
    }),
    ...(drift && {
      drift: {
        title: `Drift, ${drift.method ?? 'psi'}`,
        test: { kind: 'drift', method: drift.method ?? 'psi', reference: otherOf(drift) },
        threshold: betweenThreshold({ max: drift.max }),
      },
    }),
  };
}

function makeTableTest(check: SlipwayCheck): Makings {
  const { columns, rowsAgainst, pair, rowSum, uniqueTogether, condition, failedRows, overlap } = check;
  const isExact = rowsAgainst?.min === undefined && rowsAgainst?.max === undefined;
  return {
    ...(columns && {
      columns: {
        title: 'Columns',
        test: {
          kind: 'column set',
          names: columns.names,
          inOrder: columns.inOrder ?? false,
          others: columns.others ?? false,
        },
        threshold: null,
      },
    }),
    ...(rowsAgainst && {
      rowsAgainst: {
        title: `Rows against ${tableName(otherOf(rowsAgainst))}`,
        test: { kind: 'rows against', table: otherOf(rowsAgainst) },
        threshold: isExact ? { operator: 'mustBe', values: [1], unit: 'number' } : betweenThreshold(rowsAgainst),
      },
    }),
    ...(pair && {
      pair: rowTest(
        `${pair.left} ${pair.operator} ${pair.right}`,
        { kind: 'pair', operator: pair.operator },
        pair.mostly,
        [pair.left, pair.right],
      ),
    }),
    ...(rowSum && {
      rowSum: rowTest('Row sum', { kind: 'row sum', range: intervalOf(rowSum) }, rowSum.mostly, rowSum.columns),
    }),
    ...(uniqueTogether && {
      uniqueTogether: rowTest('Unique', { kind: 'duplicates' }, uniqueTogether.mostly, uniqueTogether.columns),
    }),
    ...(condition && { condition: rowTest('Condition', { kind: 'condition', sql: condition.sql }, condition.mostly) }),
    ...(failedRows && {
      failedRows: {
        title: 'Failed rows',
        test: { kind: 'failed rows', sql: failedRows.query },
        threshold: { operator: 'mustBe', values: [0], unit: 'number' },
      },
    }),
    ...(overlap && {
      overlap: {
        title: `Overlap with ${tableName(otherOf(overlap))}`,
        test: { kind: 'overlap', table: otherOf(overlap) },
        threshold: betweenThreshold({ max: overlap.max ?? 0 }),
        ...(overlap.columns && { columns: overlap.columns }),
      },
    }),
  };
}

type Ends = { min?: number | undefined; max?: number | undefined };

/** No value may be older than so many hours. */
export function freshnessCheck(hours: number): Made {
  return {
    title: 'Freshness',
    test: { kind: 'age' },
    threshold: { operator: 'mustBeLessOrEqualTo', values: [hours], unit: 'hours' },
  };
}

const hoursPerUnit: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24, w: 24 * 7, y: 24 * 365.25 };

/** `30 min`, `24 h`, `7 days` in hours; NaN for what is none of it. */
export function hoursOf(text: string): number {
  const [, count, unit] = /^([\d.]+)\s*([a-z])/i.exec(text) ?? [];
  return Number(count) * (hoursPerUnit[(unit ?? '').toLowerCase()] ?? Number.NaN);
}

function intervalOf(given: {
  min?: number | string | undefined;
  max?: number | string | undefined;
  strictMin?: boolean | undefined;
  strictMax?: boolean | undefined;
}): Interval {
  const { min = null, max = null, strictMin = false, strictMax = false } = given;
  return { min, max, strictMin, strictMax };
}

function otherOf({ dataset, file }: { dataset?: string | undefined; file?: string | undefined }): OtherTable {
  return dataset === undefined ? { file: file ?? '' } : { dataset };
}

/** The name of another table, for a title. */
export function tableName(table: OtherTable): string {
  return 'dataset' in table ? table.dataset : (table.file.split('/').at(-1) ?? table.file);
}

/** What no schema says: patterns that are none, and ends the wrong way round. */
function faultOf(check: SlipwayCheck, path: YamlPath): DraftProblem | undefined {
  const pattern = check.matches?.pattern ?? check.notMatches?.pattern;
  const fault = pattern === undefined ? undefined : patternFault(pattern);
  if (fault !== undefined) return { path: [...path, 'pattern'], message: fault };
  const { min, max } = (Object.values(check)[0] ?? {}) as { min?: unknown; max?: unknown };
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    return { path: [...path, 'max'], message: `max ${max} is below min ${min}.` };
  }
  return undefined;
}

function problem(path: YamlPath, message: string): QualityChecks {
  return { drafts: [], problems: [{ path, message }] };
}
