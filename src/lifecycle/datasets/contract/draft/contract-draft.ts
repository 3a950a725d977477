// A first contract for a table, made from what the table holds, with slack. Every check says what it is made from, starts as a
// warning, and passes on the table itself. Columns and their types are errors, as in any contract: the draft says so.

import type { InferInput } from '../../../../protocol/datasets/contract/check-questions';
import type { LogicalType } from '../../../../protocol/datasets/contract/contract';
import type { ColumnKind } from '../../../../protocol/datasets/table-shape';
import type { ColumnFacts, TextForm } from './column-facts';
import { commentText, yamlText } from './yaml-text';

/** A set of values is drafted for so few, each of so many rows. */
export const mostValues = 50;
const leastRowsEach = 20;

const logicalTypes: Readonly<Partial<Record<ColumnKind, LogicalType>>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  text: 'string',
  date: 'date',
  timestamp: 'timestamp',
  time: 'time',
};

const formPatterns: Readonly<Record<TextForm, string>> = {
  email: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
  uuid: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  date: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
};

/** The text of the contract. */
export function contractDraft(
  { name, physicalName, origin }: Omit<InferInput, 'source'>,
  rows: number,
  columns: readonly ColumnFacts[],
): string {
  const least = Math.floor(rows / 2);
  return [
    `# Drafted from ${commentText(origin)}: ${rows} rows, ${columns.length} columns.`,
    '# Checks below quality start as warnings. Take out what does not matter, and raise what does to severity: error.',
    ...(columns.length === 0
      ? []
      : [
          '# A column that is missing, or is not of its logicalType, is an error from the start and stops a training:',
          '# take the line out where the type may change, and the whole column where it may be missing.',
        ]),
    'apiVersion: v3.1.0',
    'kind: DataContract',
    `id: ${yamlText(name)}`,
    'version: 0.1.0',
    'status: draft',
    'schema:',
    `  - name: ${yamlText(name)}`,
    ...(physicalName === null ? [] : [`    physicalName: ${yamlText(physicalName)}`]),
    '    physicalType: file',
    ...(least === 0
      ? []
      : [
          '    quality:',
          ...itemLines('      ', {
            note: `${rows} rows; half of them is the least`,
            item: { metric: 'rowCount', mustBeGreaterOrEqualTo: least },
          }),
        ]),
    ...(columns.length === 0 ? [] : ['    properties:', ...columns.flatMap((column) => propertyLines(column, rows))]),
    '',
  ].join('\n');
}

/** A check of the draft, and what it is made from. */
interface DraftedCheck {
  note: string;
  item: Record<string, unknown>;
}

function propertyLines(column: ColumnFacts, rows: number): string[] {
  const { name, kind } = column;
  const type = logicalTypes[kind];
  const checks = checksOf(column, rows);
  return [
    `      - name: ${yamlText(name)}`,
    ...(type === undefined || column.rows === 0 ? [] : [`        logicalType: ${type}`]),
    ...(column.rows === 0 && rows > 0 ? ['        # Every value is null: nothing can be told of it.'] : []),
    ...(checks.length === 0 ? [] : ['        quality:', ...checks.flatMap((check) => itemLines('          ', check))]),
  ];
}

function itemLines(indent: string, { note, item }: DraftedCheck): string[] {
  const entries = Object.entries({ ...item, severity: 'warning' });
  return [
    `${indent}# ${commentText(note)}`,
    ...entries.map(([key, value], at) => `${indent}${at === 0 ? '- ' : '  '}${key}: ${yamlText(value)}`),
  ];
}

function checksOf(column: ColumnFacts, rows: number): DraftedCheck[] {
  if (column.rows === 0) return [];
  const found = [
    nullCheck(column, rows),
    keyCheck(column),
    setCheck(column),
    formCheck(column),
    rangeCheck(column),
    lengthCheck(column),
  ];
  return found.filter((check) => check !== undefined);
}

function nullCheck({ nulls }: ColumnFacts, rows: number): DraftedCheck | undefined {
  if (nulls === 0) return { note: 'no nulls', item: { metric: 'nullValues', mustBe: 0 } };
  const share = nulls / rows;
  // What such a share moves by chance, and a quarter of it besides.
  const slack = Math.max(0.01, share / 4, 3 * Math.sqrt((share * (1 - share)) / rows));
  const most = Math.ceil((share + slack) * 100);
  // No table has more.
  if (most >= 100) return undefined;
  return {
    note: `${nulls} ${nulls === 1 ? 'null' : 'nulls'}, ${percent(share)} of the rows`,
    item: { metric: 'nullValues', mustBeLessOrEqualTo: most, unit: 'percent' },
  };
}

function keyCheck({ isUnique, kind, rows }: ColumnFacts): DraftedCheck | undefined {
  if (!isUnique || rows < leastRowsEach || (kind !== 'integer' && kind !== 'text')) return undefined;
  return { note: `${rows} values, all different`, item: { metric: 'duplicateValues', mustBe: 0 } };
}

function setCheck({ kind, values }: ColumnFacts): DraftedCheck | undefined {
  if (kind !== 'text' || values === null || values.length === 0) return undefined;
  const fewest = Math.min(...values.map(({ rows }) => rows));
  if (values.length > mostValues || fewest < leastRowsEach) return undefined;
  return {
    note:
      values.length === 1
        ? 'the same value in every row'
        : `${values.length} different values, the rarest in ${fewest} rows`,
    item: {
      metric: 'invalidValues',
      arguments: { validValues: values.map(({ value }) => value).sort() },
      mustBeLessThan: 1,
      unit: 'percent',
    },
  };
}

function formCheck({ form }: ColumnFacts): DraftedCheck | undefined {
  if (form === null) return undefined;
  return {
    note: `every value is ${form === 'date' ? 'a date' : form === 'email' ? 'an address' : 'a UUID'}`,
    item: { metric: 'invalidValues', arguments: { pattern: formPatterns[form] }, mustBeLessThan: 1, unit: 'percent' },
  };
}

function rangeCheck(column: ColumnFacts): DraftedCheck | undefined {
  const { min, max, isUnique, kind } = column;
  if (min === null || max === null) return undefined;
  // A running number goes on: an upper end would be broken by the next batch.
  const runsOn = isUnique && kind === 'integer';
  const [low, high] = withSlack(min, max, kind === 'integer');
  const ends = runsOn ? { min: low } : { min: low, max: high };
  return {
    note: `${min} … ${max}${slackWords({ isBelow: low < min, isAbove: high > max, runsOn, fromZero: low === 0 })}`,
    item: { type: 'custom', engine: 'slipway', implementation: { range: ends } },
  };
}

/** What was added to the ends, as `withSlack` does. */
function slackWords(added: { isBelow: boolean; isAbove: boolean; runsOn: boolean; fromZero: boolean }): string {
  const { isBelow, isAbove, runsOn, fromZero } = added;
  const below = fromZero ? 'down to 0' : 'a tenth of that below';
  if (runsOn) return `, a running number: no upper end${isBelow ? `, and ${below}` : ''}`;
  if (isBelow && isAbove)
    return fromZero ? `, ${below} and a tenth of that above` : ', and a tenth of that on either side';
  return isAbove ? ', and a tenth of that above' : isBelow ? `, and ${below}` : '';
}

/** A tenth of what lies between on either side, rounded outwards; what is never negative stays so. */
function withSlack(min: number, max: number, isWhole: boolean): [number, number] {
  const span = max - min === 0 ? Math.abs(max) : max - min;
  const slack = span / 10;
  if (!Number.isFinite(slack)) return [min, max];
  const step = isWhole
    ? Math.max(1, 10 ** Math.floor(Math.log10(slack || 1)))
    : 10 ** Math.floor(Math.log10(slack || 1));
  const low = min >= 0 ? Math.max(0, rounded(min - slack, step, Math.floor)) : rounded(min - slack, step, Math.floor);
  const high = max <= 0 ? Math.min(0, rounded(max + slack, step, Math.ceil)) : rounded(max + slack, step, Math.ceil);
  return [Math.min(low, min), Math.max(high, max)];
}

function rounded(value: number, step: number, round: (value: number) => number): number {
  const made = Number((round(value / step) * step).toPrecision(12));
  return Number.isFinite(made) ? made : value;
}

function lengthCheck({ lengths, kind, values, form }: ColumnFacts): DraftedCheck | undefined {
  if (lengths === null || kind !== 'text' || form !== null || (values !== null && values.length <= mostValues))
    return undefined;
  const { min, max } = lengths;
  return {
    note: `${min} … ${max} characters; twice as many are the most`,
    item: { type: 'custom', engine: 'slipway', implementation: { length: { min: min === 0 ? 0 : 1, max: max * 2 } } },
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
