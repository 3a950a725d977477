// Measures all checks of a table in as few scans as they need: one for most, a second for those that look at a row beside
// another row, another table, or a number of the first.

import { messageOf, SlipwayError } from '../../../../base/errors';
import { withoutEnd } from '../../../../base/text-end';
import type { DuckJson } from '../../../../platform/duckdb/duck-database';
import { duckFault } from '../../../../platform/duckdb/duck-error';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { ContractCheck } from '../../../../protocol/datasets/contract/contract';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import type { OpenTables } from '../open-tables';
import { countedCondition, planOf, type ScanPart } from './check-plan';
import type { CheckedTable } from './checked-table';
import type { Measure, NoMeasure } from './measure';
import { measuredApart } from './own-scan';

/** Aggregates of one statement: far more would make DuckDB's planning the work. */
const mostAggregates = 1500;

interface Waiting {
  check: ContractCheck;
  part: ScanPart;
}

/** Measures by check id, the number of rows, and how often the table was read. */
export interface Measured {
  measures: Map<string, Measure>;
  rows: number;
  scans: number;
}

/** Checks whose columns are missing are not given here. Throws only what is wrong with the table itself. */
export async function measureChecks(
  { duck }: OpenTables,
  checks: readonly ContractCheck[],
  table: CheckedTable,
): Promise<Measured> {
  const measured: Measured = { measures: new Map(), rows: 0, scans: 0 };
  const apart: ContractCheck[] = [];
  let waiting: Waiting[] = [];
  for (const check of checks) {
    const columns = check.columns.map((name) => table.columns.get(name) as TableColumn);
    try {
      if (await isApart(check, { duck })) apart.push(check);
      else waiting.push({ check, part: planOf(check, columns, table) });
    } catch (error) {
      measured.measures.set(check.id, failed(error));
    }
  }
  measured.rows = await countRows({ duck }, waiting, measured);
  while (waiting.length > 0) waiting = await scan({ duck }, waiting, measured);
  for (const check of apart) {
    measured.scans += 1;
    measured.measures.set(
      check.id,
      await measuredApart(check, duck, { table, rows: measured.rows }).catch((error: unknown) => failed(error)),
    );
  }
  return measured;
}

type Duck = Pick<OpenTables, 'duck'>;

/** Queries have a look at the table of their own, and so have patterns that DuckDB's own expressions cannot say. */
async function isApart({ test }: ContractCheck, { duck }: Duck): Promise<boolean> {
  if (test.kind === 'condition') {
    await duck.requireSelect(`SELECT (${test.sql}\n) FROM data`);
    return false;
  }
  if (test.kind === 'query' && countedCondition(test.sql) !== undefined) return false;
  if (test.kind !== 'pattern') return ['query', 'failed rows', 'rows against', 'change', 'drift'].includes(test.kind);
  try {
    await duck.rows("SELECT regexp_matches('', $1)", [test.pattern]);
    return false;
  } catch (error) {
    if (duckFault(error).isInterrupt) throw error;
    return true;
  }
}

/** The first scan counts the rows too; without one they are counted apart. */
async function countRows({ duck }: Duck, waiting: Waiting[], measured: Measured): Promise<number> {
  const whenCounted: ScanPart = {
    aggregates: ['count(*)'],
    derived: {},
    read: ([rows]) => ({ kind: 'number', value: Number(rows), canShowRows: false, note: null }),
  };
  const counter = { id: '', columns: [] } as unknown as ContractCheck;
  const rest = await scan({ duck }, [{ check: counter, part: whenCounted }, ...waiting.splice(0)], measured);
  waiting.push(...rest);
  const rows = measured.measures.get('');
  measured.measures.delete('');
  if (rows?.kind === 'none') throw new SlipwayError('unavailable', `The rows cannot be counted. ${rows.note}`);
  return rows?.kind === 'number' ? (rows.value ?? 0) : 0;
}

/** One look at the table for those that need nothing computed before, else for the others. Returns who needs another. */
async function scan({ duck }: Duck, waiting: readonly Waiting[], measured: Measured): Promise<Waiting[]> {
  const plain = waiting.filter(({ part }) => Object.keys(part.derived).length === 0);
  const now = plain.length > 0 && measured.scans === 0 ? plain : waiting;
  const later = waiting.filter((each) => !now.includes(each));
  const next: Waiting[] = [];
  for (const batch of batchesOf(now)) {
    measured.scans += 1;
    for (const { check, values, part } of await ask({ duck }, batch)) {
      if (values instanceof Error) {
        measured.measures.set(check.id, failed(values));
        continue;
      }
      const made = part.read(values);
      if ('aggregates' in made) next.push({ check, part: made });
      else measured.measures.set(check.id, made);
    }
  }
  return [...later, ...next];
}

function batchesOf(waiting: readonly Waiting[]): Waiting[][] {
  const batches: Waiting[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const each of waiting) {
    size += each.part.aggregates.length;
    if (size > mostAggregates) {
      batches.push([]);
      size = each.part.aggregates.length;
    }
    batches.at(-1)?.push(each);
  }
  return batches;
}

/** One statement for all; when it fails, each half alone, until the check that is to blame stands alone. */
async function ask(
  { duck }: Duck,
  batch: readonly Waiting[],
): Promise<(Waiting & { values: readonly DuckJson[] | Error })[]> {
  const columns = batch.flatMap(({ part }) => part.aggregates);
  const derived = Object.assign({}, ...batch.map(({ part }) => part.derived)) as Record<string, string>;
  const more = Object.entries(derived).map(([name, sql]) => `, ${sql} AS ${name}`);
  const from = more.length === 0 ? 'data' : `(SELECT *${more.join('')} FROM data)`;
  try {
    const { rows } = await duck.table(
      `SELECT ${columns.map((sql, at) => `${sql} AS ${identifier(`c${at}`)}`).join(', ')} FROM ${from}`,
    );
    let at = 0;
    return batch.map((each) => {
      const values = (rows[0] ?? []).slice(at, at + each.part.aggregates.length);
      at += each.part.aggregates.length;
      return { ...each, values };
    });
  } catch (error) {
    if (isAboutTable(error)) throw error;
    const [only, second] = batch;
    if (only !== undefined && second === undefined) return [{ ...only, values: error as Error }];
    const half = Math.ceil(batch.length / 2);
    return [...(await ask({ duck }, batch.slice(0, half))), ...(await ask({ duck }, batch.slice(half)))];
  }
}

/** Whether the table cannot be read, as against one check that cannot be computed. */
function isAboutTable(error: unknown): boolean {
  const fault = duckFault(error);
  if (fault.isInterrupt || fault.column !== undefined || fault.line !== undefined || fault.file !== undefined)
    return true;
  return /IO Error|CSV Error|Malformed JSON|No magic bytes|Invalid unicode|TProtocolException|Snappy/i.test(
    messageOf(error),
  );
}

function failed(error: unknown): NoMeasure {
  if (!SlipwayError.is(error) && isAboutTable(error)) throw error;
  const isMissing = SlipwayError.is(error, 'unavailable');
  const note = SlipwayError.is(error) ? error.message : `${capital(withoutEnd(duckFault(error).what, /[!.]/))}.`;
  return {
    kind: 'none',
    verdict: isMissing ? 'not checked' : 'error',
    found: isMissing ? 'table missing' : 'cannot be told',
    note,
  };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
