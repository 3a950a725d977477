// A table's files made ready for DuckDB: how the text is written is told from its beginning, and what DuckDB could not
// read is copied.
import { rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { SlipwayError } from '../../../../base/errors';
import type { ArrowKind } from '../../../../platform/arrow/arrow-kinds';
import { valuesAmongNames } from '../../../../platform/tables/headless-row';
import type { TableFiles } from '../../../../protocol/datasets/table-source';
import { type ArrowCopy, arrowCopy } from '../arrow/arrow-copies';
import type { ReadableFiles } from '../relation';
import { type CsvDialect, csvDialect, encodingOf } from './csv-dialect';
import { isTooDeep, mostLevels } from './json-depth';
import { LineEnds } from './line-ends';
import { linkedFiles } from './linked-files';
import { requireWhole, unpackedBytes } from './unpacked-stream';
import { utf8Copy } from './utf8-copy';

/**
 * `notes` are sentences about what was found; `copies` are files to be removed in the end, when `release` is called too. `kinds`:
 * of the columns of an Arrow file, of which `files` do not tell them.
 */
export interface PreparedFiles {
  files: ReadableFiles;
  dialect: CsvDialect | undefined;
  notes: string[];
  copies: string[];
  kinds?: ReadonlyMap<string, ArrowKind>;
  release?: () => void;
}

/** Takes away what was written to read them. */
export function releaseFiles(prepared: readonly PreparedFiles[]): void {
  for (const { copies, release } of prepared) {
    for (const copy of copies) rmSync(dirname(copy), { recursive: true, force: true });
    release?.();
  }
}

const mostNotes = 5;
/** Of a file of JSON. */
const headBytes = 1024 * 1024;

/** `folder` is where copies go; `hasEvenEnds` makes the line ends of a CSV alike. */
interface PreparingTerms {
  folder: string;
  signal: AbortSignal;
  hasEvenEnds: boolean;
}

/** Throws SlipwayError `invalid` for a file that is empty or of another kind. */
export async function preparedFiles(files: TableFiles, to: PreparingTerms): Promise<PreparedFiles> {
  return linkedFiles(await readable(files, to), to.folder);
}

async function readable(files: TableFiles, to: PreparingTerms): Promise<PreparedFiles> {
  const { format } = files;
  if (format === 'arrow') return writtenAsParquet(files, to);
  for (const path of files.files) await requireWhole(path, to.signal);
  if (format === 'json' || format === 'jsonl') return preparedObjects({ files: files.files, format }, to);
  if (format === 'parquet') return { files: { files: files.files, format }, dialect: undefined, notes: [], copies: [] };
  const prepared: PreparedFiles = { files: { files: [], format }, dialect: undefined, notes: [], copies: [] };
  for (const path of files.files) {
    const dialect = csvDialect(path, format);
    prepared.dialect ??= dialect;
    requireAlike(files.files[0] as string, prepared.dialect, { path, dialect });
    prepared.notes.push(...headerNotes(path, dialect));
    await addText(prepared, { path, dialect }, to);
  }
  const more = prepared.notes.length - mostNotes;
  if (more > 0) prepared.notes.splice(mostNotes, more, `The same holds of ${more} more files.`);
  return prepared;
}

/** What is to be known of the first row: that it is data, or that it may be. */
function headerNotes(path: string, { hasHeader, names }: CsvDialect): string[] {
  const file = basename(path);
  if (!hasHeader) return [`${file} has no header: its first row is data.`];
  const values = valuesAmongNames(names);
  if (values.length === 0) return [];
  const some = `${values.slice(0, 3).join(', ')}${values.length > 3 ? ', …' : ''}`;
  return [
    `${file}: the first row was taken for the header, but holds what looks like data (${some}). If it is a row, write a line of names above it.`,
  ];
}

/** Adds a file as it is, or a copy that DuckDB reads. */
async function addText(
  { files, copies, notes }: PreparedFiles,
  { path, dialect: { encoding, delimiter } }: { path: string; dialect: CsvDialect },
  to: PreparingTerms,
): Promise<void> {
  if (encoding === 'utf-8' && !to.hasEvenEnds) {
    files.files.push(path);
    return;
  }
  const ends = to.hasEvenEnds ? new LineEnds(delimiter) : undefined;
  const copy = await utf8Copy(path, { encoding, ends, ...to });
  files.files.push(copy);
  copies.push(copy);
  if (encoding !== 'utf-8') notes.push(`${basename(path)} was read as ${encodingNames[encoding]}.`);
  if (ends?.areMixed) notes.push(`${basename(path)} ends its lines in several ways, which were read alike.`);
}

/** Most of what is read of an Arrow file is read of its copy. */
async function writtenAsParquet(
  { files }: TableFiles,
  to: { folder: string; signal: AbortSignal },
): Promise<PreparedFiles> {
  const copies: ArrowCopy[] = [];
  const release = (): void => {
    for (const copy of copies) copy.release();
  };
  try {
    for (const path of files) copies.push(await arrowCopy(path, to));
  } catch (error) {
    release();
    throw error;
  }
  const [parts, notes] = [copies.flatMap((copy) => copy.files), copies.flatMap((copy) => copy.notes)];
  return {
    files: { files: parts, format: 'parquet' },
    dialect: undefined,
    notes: [...new Set(notes)],
    copies: [],
    kinds: new Map(copies.flatMap(({ kinds }) => [...kinds])),
    release,
  };
}

/** One reader reads them all: what differs would be read as something else without a word. */
function requireAlike(
  first: string,
  known: CsvDialect,
  { path, dialect }: { path: string; dialect: CsvDialect },
): void {
  const [one, other] = [basename(first), basename(path)];
  const sign = (text: string): string => (text === '\t' ? 'tabs' : text);
  if (known.hasHeader !== dialect.hasHeader) {
    const [has, hasNot] = known.hasHeader ? [one, other] : [other, one];
    throw new SlipwayError('invalid', `${hasNot} has no header, and ${has} has one. Files of one table must be alike.`);
  }
  if (known.blankLines !== dialect.blankLines) {
    const sentence = `${other} begins with another number of blank lines than ${one}.`;
    throw new SlipwayError('invalid', `${sentence} Files of one table must be alike.`);
  }
  if (known.delimiter === dialect.delimiter || dialect.names.length < 2 || known.names.length < 2) return;
  const sentence = `${other} has ${sign(dialect.delimiter)} between values, and ${one} ${sign(known.delimiter)}.`;
  throw new SlipwayError('invalid', `${sentence} Files of one table must be alike.`);
}

const encodingNames: Readonly<Record<CsvDialect['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252 (Latin-1), as it is not UTF-8',
};

/** What DuckDB would take for one column of anything, and texts with a mark at their beginning. */
async function preparedObjects(
  { files, format }: ReadableFiles,
  to: { folder: string; signal: AbortSignal },
): Promise<PreparedFiles> {
  const prepared: PreparedFiles = { files: { files: [], format }, dialect: undefined, notes: [], copies: [] };
  for (const path of files) {
    const head = await headOf(path);
    const encoding = encodingOf(head);
    const text = new TextDecoder(encoding).decode(head);
    requireObjects(path, text);
    const isPlain = encoding === 'utf-8' && head[0] !== 0xef;
    const read = isPlain ? path : await utf8Copy(path, { encoding, ...to });
    if (!isPlain) prepared.copies.push(read);
    await requireShallow(read, to.signal);
    prepared.files.files.push(read);
  }
  return prepared;
}

function requireObjects(path: string, head: string): void {
  if (/^\s*(\[\s*\]\s*)?$/.test(head)) throw new SlipwayError('invalid', `${basename(path)} is empty.`);
  if (!/^\s*(\[\s*)?\{/.test(head)) {
    throw new SlipwayError('invalid', `${basename(path)} is no table: its rows must be objects, such as {"a": 1}.`);
  }
}

async function requireShallow(path: string, signal: AbortSignal): Promise<void> {
  if (!(await isTooDeep(path, signal))) return;
  const sentence = `${basename(path)} is no table: its values are nested more than ${mostLevels} levels deep.`;
  throw new SlipwayError('invalid', sentence);
}

async function headOf(path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of unpackedBytes(path)) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= headBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, headBytes);
}
