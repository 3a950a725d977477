// Drift of a table from its reference: each column is read once, judged, and let go.
import { statSync } from 'node:fs';
import { SlipwayError } from '../../../../base/errors';
import type { Drift, DriftOptions, DriftPreset, SkippedColumn } from '../../../../protocol/datasets/drift';
import { isColumnar, isSeparated, type TableSource } from '../../../../protocol/datasets/table-source';
import { judgeBatch } from '../../drift/batch-verdict';
import type { ColumnSample, Sides } from '../../drift/column-sample';
import { methodRules } from '../../drift/drift-method';
import { judgeAsEvidently } from '../../drift/evidently-preset';
import type { JudgedColumn, Unjudged } from '../../drift/judged-column';
import { keyReason } from '../../drift/key-column';
import { judgeAsSlipway } from '../../drift/slipway-preset';
import { type OpenTables, type OpenTerms, withTables } from '../open-tables';
import { ColumnReading, readColumns } from './column-reading';
import { ColumnarSide } from './columnar-side';
import { type ComparedColumn, comparedColumns } from './compared-columns';
import { ParsedSide } from './parsed-side';
import type { TableSide } from './table-side';

/** So many bytes are taken up in one pass, and so many columns; more of them as long as they are few bytes. */
const mostPassBytes = 512 * 1024 * 1024;
const mostPassColumns = 200;
const fewPassBytes = 64 * 1024 * 1024;
const mostShortColumns = 1000;
/** Up to so many rows a table that could be read column by column is taken up whole. */
const shortTable = 20_000;

/** Two tables. */
export type ComparedTables = Sides<TableSource>;

/** Tells how many columns of how many are done. */
export type DriftProgress = (done: number, all: number) => void;

/**
 * Judges every column that both tables have; under our own preset none that names rows, unless it was asked for. Throws SlipwayError `invalid` where there is none, or a table without rows,
 * `not-found` for a column of `options` that neither has.
 */
export function tableDrift(
  tables: ComparedTables,
  options: DriftOptions,
  terms: OpenTerms,
  progress: DriftProgress,
): Promise<Drift> {
  const { preset, columns, alpha } = options;
  refuseImpossible(options);
  return withTables({ ...tables }, terms, async (open) => {
    const judged: JudgedColumn[] = [];
    const judge = (sample: ColumnSample): JudgedColumn | Unjudged => {
      if (preset === 'evidently') return withoutLoss(judgeAsEvidently(sample, options));
      const key = columns === null ? keyReason(sample, options.keys) : undefined;
      return key ?? judgeAsSlipway(sample, options);
    };
    const each = async (sample: ColumnSample): Promise<Unjudged | undefined> => {
      const found = judge(sample);
      if ('reason' in found) return found;
      judged.push(found);
      return undefined;
    };
    const skipped = await eachColumn(open, tables, { preset, columns }, { ...terms, progress, each });
    if (judged.length === 0) throw nothingJudged(skipped);
    return judgeBatch(judged, skipped, { preset, alpha });
  });
}

/** Evidently has no word for a column that is gone. */
function withoutLoss(found: JudgedColumn | Unjudged): JudgedColumn | Unjudged {
  return 'reason' in found ? { reason: found.reason } : found;
}

function refuseImpossible({ method, threshold }: DriftOptions): void {
  if (method === null || threshold === null || threshold <= 1 || !methodRules[method].isTest) return;
  const sentence = `The threshold of ${method} is a p, from 0 to 1, and ${threshold} is none.`;
  throw new SlipwayError('invalid', sentence);
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
    const walk = { ...terms, progress: () => undefined, each };
    const skipped = await eachColumn(open, tables, { preset, columns: [column] }, walk);
    const [answer] = answers;
    if (answer === undefined) throw nothingJudged(skipped);
    return answer;
  });
}

interface Walk {
  signal: AbortSignal;
  spill: string;
  progress: DriftProgress;
  /** Returns why the column cannot be judged. */
  each(sample: ColumnSample): Promise<Unjudged | undefined>;
}

async function eachColumn(
  open: OpenTables,
  tables: ComparedTables,
  { preset, columns: wanted }: { preset: DriftPreset; columns: readonly string[] | null },
  walk: Walk,
): Promise<SkippedColumn[]> {
  const isTyped = { reference: isColumnar(tables.reference), current: isColumnar(tables.current) };
  const isCsv = { reference: isSeparated(tables.reference), current: isSeparated(tables.current) };
  const { columns, skipped } = await comparedColumns(open, { preset, columns: wanted, isTyped, isCsv });
  const missing = skipped.find(({ reason }) => reason === 'is in neither table');
  if (missing !== undefined) throw new SlipwayError('not-found', `Neither table has a column ${missing.column}.`);
  const opened = { duck: open.duck, spill: walk.spill, columns: columns.length };
  const reference = await openSide(opened, 'reference', tables.reference);
  const current = await openSide(opened, 'current', tables.current);
  const sides = { reference: reference.side, current: current.side };
  const passes = passesOf(columns, reference.bytes + current.bytes);
  try {
    skipped.push(...(await judgedPasses(passes, sides, new ColumnReading(open.duck, sides, preset), walk)));
  } finally {
    reference.side.close();
    current.side.close();
  }
  return skipped;
}

/** Takes up the columns of each pass and hands them on one by one; returns those that could not be judged. */
async function judgedPasses(
  passes: readonly ComparedColumn[][],
  sides: Sides<TableSide>,
  reading: ColumnReading,
  { signal, progress, each }: Walk,
): Promise<SkippedColumn[]> {
  const all = passes.reduce((sum, pass) => sum + pass.length, 0);
  const skipped: SkippedColumn[] = [];
  let done = 0;
  for (const pass of passes) {
    signal.throwIfAborted();
    progress(done, all);
    const reads = pass.map(readColumns);
    await sides.reference.take(reads.map((read) => read.reference));
    await sides.current.take(reads.map((read) => read.current));
    requireRows(sides);
    for (const column of pass) {
      signal.throwIfAborted();
      progress(done, all);
      const unjudged = await each(await reading.read(column));
      if (unjudged !== undefined) skipped.push({ isLost: false, ...unjudged, column: column.name });
      done += 1;
      // A question that was taken back is heard between two columns.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return skipped;
}

/**
 * Of a short table many columns are taken up at once: each statement has its cost, however few rows it meets. `bytes` is about
 * what all columns together take.
 */
async function openSide(
  { duck, spill, columns }: { duck: OpenTables['duck']; spill: string; columns: number },
  side: keyof ComparedTables,
  source: TableSource,
): Promise<{ side: TableSide; bytes: number }> {
  // Of a text file a number takes about as many bytes as in memory.
  if (!isColumnar(source)) return { side: new ParsedSide(duck, side, spill), bytes: parsedBytes(source) };
  const columnar = await ColumnarSide.open(duck, side);
  if (columnar.rows > shortTable) return { side: columnar, bytes: 0 };
  return { side: new ParsedSide(duck, side, spill), bytes: columnar.rows * columns * Float64Array.BYTES_PER_ELEMENT };
}

/** The columns of one pass over files that are parsed whole. */
function passesOf(columns: readonly ComparedColumn[], bytes: number): ComparedColumn[][] {
  const each = Math.max(1, bytes / columns.length);
  const few = Math.min(mostShortColumns, Math.floor(fewPassBytes / each));
  const most = Math.max(1, Math.min(Math.max(mostPassColumns, few), Math.floor(mostPassBytes / each)));
  const size = Math.ceil(columns.length / Math.ceil(columns.length / most));
  return Array.from({ length: Math.ceil(columns.length / size) }, (_, pass) =>
    columns.slice(pass * size, (pass + 1) * size),
  );
}

function parsedBytes(source: TableSource): number {
  if ('query' in source) return Object.values(source.tables).reduce((sum, files) => sum + parsedBytes(files), 0);
  return isColumnar(source) ? 0 : source.files.reduce((sum, path) => sum + statSync(path).size, 0);
}

function requireRows({ reference, current }: Sides<TableSide>): void {
  if (reference.rows > 0 && current.rows > 0) return;
  const which = reference.rows === 0 ? 'The reference' : 'The current table';
  throw new SlipwayError('invalid', `${which} has no rows.`);
}

function nothingJudged(skipped: readonly SkippedColumn[]): SlipwayError {
  const [first] = skipped;
  const example = first === undefined ? '' : ` ${first.column} ${first.reason}.`;
  return new SlipwayError('invalid', `There is no column to compare.${example}`);
}
