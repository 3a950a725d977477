// The profile of the view `data`: columns in groups, each told as soon as it is known, then what needs all of them.
import { SlipwayError } from '../../../../base/errors';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { Profile, ProfileColumn, ProfilePart } from '../../../../protocol/datasets/table/profile';
import type { TableShape } from '../../../../protocol/datasets/table-shape';
import type { JobProgress } from '../../../../protocol/jobs/job';
import { columnAlerts } from '../../profile/column-alerts';
import { withTableAlerts } from '../../profile/table-alerts';
import type { OpenTables } from '../open-tables';
import { tableColumns } from '../shape';
import { TableSlices } from '../table-slices';
import { columnBins } from './column-bins';
import { columnSummaries } from './column-summaries';
import { type ColumnValue, columnValue } from './column-value';
import { columnValues } from './column-values';
import { correlated } from './correlated-columns';
import { manyValues, mostBatchRows } from './many-values';

/** `bytes` is how large the files are. `isText`: reading them means parsing them, so they are read once. */
export interface ProfileTerms {
  bytes: number;
  isText: boolean;
  label: string | null;
  signal: AbortSignal;
  progress(progress: JobProgress): void;
  partial(part: ProfilePart): void;
}

/** In one statement at most; more make DuckDB slow. */
const mostColumns = 200;
/** Of a wide table a group of columns by itself. */
const part = 'slipway_part';
/** Of a wide table: planning costs more than reading. */
const mostWideColumns = 50;
/** A table of more columns does not fit: two thousand rows of each are held to write it. */
const mostKept = 1000;
/** Values that a group of columns may have together: quantiles hold them in memory. */
const groupValues = 5_000_000;

/** Throws SlipwayError `not-found` for a label that is no column. */
export async function profileScan({ duck, notes }: OpenTables, terms: ProfileTerms): Promise<Profile> {
  const step = steps(terms);
  const known = await tableColumns({ duck });
  const isKept = terms.isText && known.length <= mostKept;
  if (isKept) {
    step('Reading the table', 0, 1);
    await duck.run('CREATE TEMP TABLE slipway_kept AS FROM data');
  }
  const from = isKept ? 'slipway_kept' : 'data';
  const slices = new TableSlices(duck, from, { columns: known, isText: terms.isText });
  const counted = await duck.rows(`SELECT count(*) AS n FROM ${await slices.of(0, 1)}`);
  const shape: TableShape = { columns: known, rows: Number(counted[0]?.n ?? 0), notes };
  const { label } = terms;
  if (label !== null && !shape.columns.some(({ name }) => name === label)) {
    throw new SlipwayError('not-found', `There is no column ${label} to be the label.`);
  }
  const columns = await eachColumn(duck, { from, slices, shape }, terms);
  step('Comparing rows', columns.length, columns.length);
  const duplicateRows = await duplicates(duck, from, shape);
  step('Comparing columns', columns.length, columns.length);
  const together = await correlated(duck, from, { rows: shape.rows, columns, label });
  const { rows } = shape;
  return withTableAlerts(
    { rows, bytes: terms.bytes, columns, duplicateRows, correlations: together.correlations, alerts: [], label, notes },
    together.leakage,
  );
}

async function eachColumn(
  duck: DuckDatabase,
  { from, slices, shape: { columns, rows } }: { from: string; slices: TableSlices; shape: TableShape },
  terms: ProfileTerms,
): Promise<ProfileColumn[]> {
  const isWide = columns.length > mostColumns;
  const most = isWide ? mostWideColumns : mostColumns;
  const size = Math.max(1, Math.min(most, Math.floor(groupValues / Math.max(1, rows))));
  const step = steps(terms);
  const found: ProfileColumn[] = [];
  terms.partial({ rows, columnCount: columns.length, columns: [] });
  // A few at first, so that something is seen at once.
  for (let start = 0, next = Math.ceil(size / 4); start < columns.length; start = next, next += size) {
    step('Profiling columns', start, columns.length);
    const group = columns.slice(start, next).map(columnValue);
    // Thousands of columns are slow to bind: one by one they are asked of a table of few.
    if (isWide) {
      const names = group.map(({ column }) => identifier(column.name)).join(', ');
      await duck.run(`CREATE OR REPLACE TEMP TABLE ${part} AS SELECT ${names} FROM ${await slices.of(start, next)}`);
      await addHashes(duck, names, start === 0);
    }
    const profiled = await groupOf(duck, isWide ? part : from, group, terms.signal);
    found.push(...profiled);
    terms.partial({ rows, columnCount: columns.length, columns: profiled });
  }
  return found;
}

async function groupOf(
  duck: DuckDatabase,
  from: string,
  group: readonly ColumnValue[],
  signal: AbortSignal,
): Promise<ProfileColumn[]> {
  const summaries = await columnSummaries(duck, from, group);
  const bins = await columnBins(duck, from, summaries);
  const profiled: ProfileColumn[] = [];
  const isShort = from === part && (summaries[0]?.rows ?? 0) <= mostBatchRows;
  const many = isShort ? await manyValues(duck, from, summaries) : [];
  for (const [index, summary] of summaries.entries()) {
    signal.throwIfAborted();
    const { looks, ...values } = many[index] ?? (await columnValues(duck, from, summary));
    const { histogram = null, numbers = null } = bins[index] ?? {};
    const { of, nulls, times, texts, rows } = summary;
    const column = { ...of.column, nulls, ...values, numbers, times, texts, histogram };
    profiled.push({ ...column, alerts: columnAlerts(column, rows, looks) });
  }
  return profiled;
}

/** Rows are compared by 64 bits each: among ten million, two that differ are taken for one with a chance of 1 : 400,000. */
async function duplicates(duck: DuckDatabase, from: string, { columns, rows }: TableShape): Promise<number> {
  if (columns.length === 0) return 0;
  const isWide = columns.length > mostColumns;
  const hashed = isWide ? 'h' : `hash(${columns.map(({ name }) => identifier(name)).join(', ')})`;
  const [found] = await duck.rows(
    `SELECT count(*) AS n FROM (SELECT ${hashed} FROM ${isWide ? 'slipway_hash' : from} GROUP BY 1)`,
  );
  return rows - Number(found?.n);
}

/** A row of thousands of columns is hashed part by part: two thousand rows of all of them take too much memory. */
async function addHashes(duck: DuckDatabase, names: string, isFirst: boolean): Promise<void> {
  const hashed = `SELECT hash(${names}) AS p FROM ${part}`;
  const before = isFirst
    ? `SELECT p AS h FROM (${hashed})`
    : `SELECT hash(h, p) AS h FROM slipway_hash POSITIONAL JOIN (${hashed})`;
  await duck.run(`CREATE OR REPLACE TEMP TABLE slipway_next AS ${before}`);
  await duck.run('CREATE OR REPLACE TEMP TABLE slipway_hash AS FROM slipway_next');
}

function steps({ signal, progress }: ProfileTerms): (what: string, done: number, total: number) => void {
  return (what, done, total) => {
    signal.throwIfAborted();
    progress({ what, done, total });
  };
}
