// Drift of a table from its reference: each column is read once, judged, and let go.
import { SlipwayError } from '../../../../base/errors';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { Drift, DriftOptions, DriftPreset, SkippedColumn } from '../../../../protocol/datasets/drift';
import type { TableSource } from '../../../../protocol/datasets/table-source';
import { judgeBatch } from '../../drift/batch-verdict';
import type { ColumnSample, Sides } from '../../drift/column-sample';
import { judgeAsEvidently } from '../../drift/evidently-preset';
import type { JudgedColumn, Unjudged } from '../../drift/judged-column';
import { judgeAsSlipway } from '../../drift/slipway-preset';
import { type OpenTables, type OpenTerms, withTables } from '../open-tables';
import { ColumnReading } from './column-reading';
import { comparedColumns } from './compared-columns';

/** Two tables. */
export type ComparedTables = Sides<TableSource>;

/** Tells how many columns of how many are done. */
export type DriftProgress = (done: number, all: number) => void;

/**
 * Judges every column that both tables have. Throws SlipwayError `invalid` where there is none, or a table without rows,
 * `not-found` for a column of `options` that neither has.
 */
export function tableDrift(
  tables: ComparedTables,
  options: DriftOptions,
  terms: OpenTerms,
  progress: DriftProgress,
): Promise<Drift> {
  const { preset, columns, alpha } = options;
  return withTables({ ...tables }, terms, async (open) => {
    const judged: JudgedColumn[] = [];
    const each = async (sample: ColumnSample): Promise<Unjudged | undefined> => {
      const found = preset === 'evidently' ? judgeAsEvidently(sample, options) : judgeAsSlipway(sample, options);
      if ('reason' in found) return found;
      judged.push(found);
      return undefined;
    };
    const skipped = await eachColumn(open, tables, { preset, columns }, { signal: terms.signal, progress, each });
    if (judged.length === 0) throw nothingJudged(skipped);
    return judgeBatch(judged, skipped, { preset, alpha });
  });
}

/** Reads one column, as the preset takes it. Throws SlipwayError `invalid` where it cannot be compared. */
export function columnSample<Answer>(
  tables: ComparedTables,
  { column, preset }: { column: string; preset: DriftPreset },
  terms: OpenTerms,
  work: (sample: ColumnSample) => Answer,
): Promise<Answer> {
  return withTables({ ...tables }, terms, async (open) => {
    const answers: Answer[] = [];
    const each = async (sample: ColumnSample): Promise<undefined> => {
      answers.push(work(sample));
      return undefined;
    };
    const walk = { signal: terms.signal, progress: () => undefined, each };
    const skipped = await eachColumn(open, tables, { preset, columns: [column] }, walk);
    const [answer] = answers;
    if (answer === undefined) throw nothingJudged(skipped);
    return answer;
  });
}

interface Walk {
  signal: AbortSignal;
  progress: DriftProgress;
  /** Returns why the column cannot be judged. */
  each(sample: ColumnSample): Promise<Unjudged | undefined>;
}

async function eachColumn(
  open: OpenTables,
  tables: ComparedTables,
  { preset, columns: wanted }: { preset: DriftPreset; columns: readonly string[] | null },
  { signal, progress, each }: Walk,
): Promise<SkippedColumn[]> {
  const isTyped = { reference: tellsTypes(tables.reference), current: tellsTypes(tables.current) };
  const { columns, skipped } = await comparedColumns(open, { preset, columns: wanted, isTyped });
  const missing = skipped.find(({ reason }) => reason === 'is in neither table');
  if (missing !== undefined) throw new SlipwayError('not-found', `Neither table has a column ${missing.column}.`);
  const names = columns.map(({ name }) => name);
  const rows = {
    reference: await standing(open, 'reference', tables.reference, names),
    current: await standing(open, 'current', tables.current, names),
  };
  const reading = new ColumnReading(open.duck, rows, preset);
  for (const [index, column] of columns.entries()) {
    signal.throwIfAborted();
    progress(index, columns.length);
    const unjudged = await each(await reading.read(column));
    if (unjudged !== undefined) skipped.push({ column: column.name, reason: unjudged.reason });
    // A question that was taken back is heard between two columns.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return skipped;
}

/** Parquet and Arrow hold types, and columns that can be read one by one. */
function tellsTypes(source: TableSource): boolean {
  return !('query' in source) && (source.format === 'parquet' || source.format === 'arrow');
}

/**
 * Has the table stand in memory where its files would have to be parsed again for each column, and returns its rows. The
 * view of that name gives way.
 */
async function standing(
  { duck }: OpenTables,
  side: keyof ComparedTables,
  source: TableSource,
  columns: readonly string[],
): Promise<number> {
  if (!tellsTypes(source) && columns.length > 0) {
    await duck.run(`CREATE TABLE ${side}_rows AS SELECT ${columns.map(identifier).join(', ')} FROM ${side}`);
    await duck.run(`DROP VIEW ${side}`);
    await duck.run(`ALTER TABLE ${side}_rows RENAME TO ${side}`);
  }
  const [counted] = await duck.rows(`SELECT count(*) AS n FROM ${side}`);
  const rows = Number(counted?.n ?? 0);
  if (rows > 0) return rows;
  const which = side === 'reference' ? 'The reference' : 'The current table';
  throw new SlipwayError('invalid', `${which} has no rows.`);
}

function nothingJudged(skipped: readonly SkippedColumn[]): SlipwayError {
  const [first] = skipped;
  const example = first === undefined ? '' : ` ${first.column} ${first.reason}.`;
  return new SlipwayError('invalid', `There is no column to compare.${example}`);
}
