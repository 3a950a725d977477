// Which columns two tables have in common, and what the values of each are taken for.
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { DriftPreset, SkippedColumn } from '../../../../protocol/datasets/drift';
import type { ColumnKind } from '../../../../protocol/datasets/table-shape';
import type { Sides } from '../../drift/column-sample';
import { kindOfType } from '../column-kind';
import type { OpenTables } from '../open-tables';
import { tableColumns } from '../shape';
import { isCategorical } from './mixed-column';
import { pandasNumbers } from './pandas-numbers';

/** A column as it is read; `numbers` from any number, `categories` or texts from the rest, `mixed` of numbers on one side. */
export interface ComparedColumn {
  name: string;
  read: 'numbers' | 'categories' | 'texts or categories' | 'mixed categories';
  types: Sides<string>;
}

/**
 * `isTyped`: the files say what their dates are, as Parquet does; a CSV only has texts that look like dates. `isCsv`: of what
 * looks like a number pandas makes one.
 */
export interface ComparisonTerms {
  preset: DriftPreset;
  /** Null: all. */
  columns: readonly string[] | null;
  isTyped: Sides<boolean>;
  isCsv: Sides<boolean>;
}

/** What is to be read, in the order of the current table, and what is not, with its reason. */
export async function comparedColumns(
  { duck }: OpenTables,
  terms: ComparisonTerms,
): Promise<{ columns: ComparedColumn[]; skipped: SkippedColumn[] }> {
  const [reference, current] = [await typesOf(duck, 'reference', terms), await typesOf(duck, 'current', terms)];
  const columns: ComparedColumn[] = [];
  const skipped: SkippedColumn[] = [];
  for (const name of wantedNames(reference, current, terms.columns)) {
    const types = { reference: reference.get(name), current: current.get(name) };
    const found = await readingOf(duck, name, types, terms);
    if ('reason' in found) skipped.push({ column: name, ...found });
    else columns.push({ name, ...found });
  }
  return { columns, skipped };
}

async function typesOf(
  duck: OpenTables['duck'],
  side: 'reference' | 'current',
  { preset, isCsv }: ComparisonTerms,
): Promise<Map<string, string>> {
  const types = new Map((await tableColumns({ duck }, side)).map(({ name, type }) => [name, type]));
  if (preset !== 'evidently' || !isCsv[side]) return types;
  const texts = [...types].filter(([, type]) => type === 'VARCHAR').map(([name]) => name);
  for (const [name, type] of await pandasNumbers(duck, side, texts)) types.set(name, type);
  return types;
}

function wantedNames(
  reference: ReadonlyMap<string, string>,
  current: ReadonlyMap<string, string>,
  wanted: readonly string[] | null,
): string[] {
  const all = [...current.keys(), ...[...reference.keys()].filter((name) => !current.has(name))];
  return wanted === null ? all : [...new Set(wanted)];
}

async function readingOf(
  duck: OpenTables['duck'],
  name: string,
  { reference, current }: { reference: string | undefined; current: string | undefined },
  terms: ComparisonTerms,
): Promise<Omit<ComparedColumn, 'name'> | Omit<SkippedColumn, 'column'>> {
  if (reference === undefined && current === undefined) return { reason: 'is in neither table', isLost: false };
  if (reference === undefined) return { reason: 'is not in the reference', isLost: false };
  if (current === undefined) return { reason: 'is not in the current table', isLost: true };
  const ways = {
    reference: wayOf(reference, terms, terms.isTyped.reference),
    current: wayOf(current, terms, terms.isTyped.current),
  };
  const types = { reference, current };
  if (terms.preset === 'evidently' && current === 'BOOLEAN' && (await hasNulls(duck, name)))
    return { reason: 'is true, false or missing, which Evidently leaves out', isLost: false };
  if (ways.reference.read !== undefined && ways.reference.read === ways.current.read)
    return { read: ways.reference.read, types };
  // A column without any value is of whatever type the other side is.
  for (const [side, other] of [
    ['reference', 'current'],
    ['current', 'reference'],
  ] as const) {
    const { read } = ways[other];
    if (read !== undefined && ways[other].read !== ways[side].read && (await isEmpty(duck, side, name)))
      return { read, types };
  }
  const why = ways.current.why ?? ways.reference.why;
  const [was, is] = [kindOfType(reference), kindOfType(current)];
  const hasNoValue = async (): Promise<boolean> =>
    (await isEmpty(duck, 'reference', name)) || (await isEmpty(duck, 'current', name));
  if (why !== undefined && (areAlike(was, is) || (await hasNoValue()))) return { reason: why, isLost: false };
  const isMixed = terms.preset === 'evidently' && why === undefined;
  if (isMixed && (await isCategorical(duck, name, types))) return { read: 'mixed categories', types };
  return { reason: `holds ${words[was]} in the reference and ${words[is]} now`, isLost: true };
}

/** Whether a table may hold the one where another holds the other. */
function areAlike(one: ColumnKind, other: ColumnKind): boolean {
  const isDated = (kind: ColumnKind): boolean => kind === 'date' || kind === 'timestamp';
  return words[one] === words[other] || (isDated(one) && isDated(other));
}

const words: Readonly<Record<ColumnKind, string>> = {
  integer: 'numbers',
  number: 'numbers',
  boolean: 'booleans',
  text: 'texts',
  date: 'dates',
  timestamp: 'times',
  time: 'times of day',
  binary: 'bytes',
  nested: 'lists or structs',
};

async function isEmpty(duck: OpenTables['duck'], side: string, name: string): Promise<boolean> {
  const [row] = await duck.rows(`SELECT count(${identifier(name)}) AS n FROM ${side}`);
  return Number(row?.n ?? 0) === 0;
}

/** pandas has no type for them, and Evidently goes by the type of the current table. */
async function hasNulls(duck: OpenTables['duck'], name: string): Promise<boolean> {
  const [row] = await duck.rows(`SELECT count(*) AS n FROM current WHERE ${identifier(name)} IS NULL`);
  return Number(row?.n ?? 0) > 0;
}

function wayOf(
  type: string,
  { preset, columns }: ComparisonTerms,
  isTyped: boolean,
): { read?: ComparedColumn['read']; why?: string } {
  const kind = kindOfType(type);
  if (kind === 'nested' || kind === 'binary') return { why: `holds ${words[kind]}` };
  const isDated = kind === 'date' || kind === 'timestamp' || kind === 'time';
  if (preset === 'evidently') {
    if (isTyped && (isDated || /^U|^DECIMAL|^HUGEINT/.test(type)) && type !== 'UUID')
      return { why: `is of the type ${type}, which Evidently leaves out` };
    if (isDated) return { read: 'texts or categories' };
  }
  // Dates of a batch are later than those of its reference by nature.
  if (isDated) {
    return columns === null ? { why: `holds ${words[kind]}, which move by themselves` } : { read: 'numbers' };
  }
  if (kind === 'integer' || kind === 'number') return { read: 'numbers' };
  return { read: kind === 'boolean' ? 'categories' : 'texts or categories' };
}
