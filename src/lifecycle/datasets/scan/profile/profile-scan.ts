// The profile of the view `data`: columns in groups, each told as soon as it is known, then what needs all of them.
import { SlipwayError } from '../../../../base/errors';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { Profile, ProfileColumn, ProfilePart } from '../../../../protocol/datasets/table/profile';
import type { TableColumn, TableShape } from '../../../../protocol/datasets/table-shape';
import type { JobProgress } from '../../../../protocol/jobs/job';
import { columnAlerts } from '../../profile/column-alerts';
import { withTableAlerts } from '../../profile/table-alerts';
import { TableColumns } from '../columns/asked-columns';
import { StackedColumns, stackedAtOnce } from '../columns/stacked-columns';
import { TableSlices } from '../columns/table-slices';
import type { OpenTables } from '../open-tables';
import { tableColumns } from '../shape';
import { type ColumnBins, columnBins } from './column-bins';
import { type ColumnSummary, columnSummaries } from './column-summaries';
import { type ColumnValues, columnValues } from './column-values';
import { correlated } from './correlated-columns';
import { manyValues } from './many-values';

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
/** Of a wide table that is too long to be stacked: planning costs more than reading. */
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
  const stacked = isWide ? stackedAtOnce(rows) : 0;
  const size = stacked || Math.max(1, Math.min(most, Math.floor(groupValues / Math.max(1, rows))));
  const step = steps(terms);
  const found: ProfileColumn[] = [];
  terms.partial({ rows, columnCount: columns.length, columns: [] });
  // A few at first, so that something is seen at once.
  for (let start = 0, next = Math.ceil(size / 4); start < columns.length; start = next, next += size) {
    step('Profiling columns', start, columns.length);
    const group = columns.slice(start, next);
    // Thousands of columns are slow to bind: one by one they are asked of a table of few.
    if (isWide) {
      const names = group.map(({ name }) => identifier(name)).join(', ');
      await duck.run(`CREATE OR REPLACE TEMP TABLE ${part} AS SELECT ${names} FROM ${await slices.of(start, next)}`);
      await addHashes(duck, names, start === 0);
    }
    const profiled =
      stacked > 0
        ? await stackedGroup(duck, group, terms.signal)
        : await groupOf(duck, isWide ? part : from, group, terms.signal);
    found.push(...profiled);
    terms.partial({ rows, columnCount: columns.length, columns: profiled });
  }
  return found;
}

async function groupOf(
  duck: DuckDatabase,
  from: string,
  group: readonly TableColumn[],
  signal: AbortSignal,
): Promise<ProfileColumn[]> {
  const asked = new TableColumns(duck, from, group);
  const summaries = await columnSummaries(asked);
  const bins = await columnBins(asked, summaries);
  const profiled: ProfileColumn[] = [];
  for (const [index, summary] of summaries.entries()) {
    signal.throwIfAborted();
    profiled.push(profileColumn(summary, bins[index], await columnValues(duck, from, summary)));
  }
  return profiled;
}

/** The columns of `part`, all those of one type together. */
async function stackedGroup(
  duck: DuckDatabase,
  group: readonly TableColumn[],
  signal: AbortSignal,
): Promise<ProfileColumn[]> {
  const profiled = new Map<string, ProfileColumn>();
  for (const columns of Map.groupBy(group, ({ type }) => type).values()) {
    signal.throwIfAborted();
    const asked = await StackedColumns.of(duck, part, columns);
    const summaries = await columnSummaries(asked);
    const bins = await columnBins(asked, summaries);
    const values = await manyValues(duck, asked, summaries);
    for (const [index, summary] of summaries.entries())
      profiled.set(summary.of.column.name, profileColumn(summary, bins[index], values[index] as ColumnValues));
  }
  return group.map(({ name }) => profiled.get(name) as ProfileColumn);
}

function profileColumn(
  { of, nulls, times, texts, rows }: ColumnSummary,
  bins: ColumnBins | undefined,
  { looks, ...values }: ColumnValues,
): ProfileColumn {
  const { histogram = null, numbers = null } = bins ?? {};
  const column = { ...of.column, nulls, ...values, numbers, times, texts, histogram };
  return { ...column, alerts: columnAlerts(column, rows, looks) };
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
