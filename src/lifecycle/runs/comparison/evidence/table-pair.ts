// Two tables laid side by side: rows by their ids or their order, cells that differ by their places.
import type { ByteSource, Cell } from '../../../../platform/tables/byte-source';
import type { RowPair, TablePage } from '../../../../protocol/comparison/evidence/table-page';
import { readTableRows, type TableRows } from './table-rows';

const mostColumns = 30;
const longestCell = 200;
const keyName = /^(id|row_id|_id)$/i;

/** Which part of the tables is shown. */
export interface TableQuestion {
  onlyDiffering: boolean;
  offset: number;
  limit: number;
}

/** One page; null is a table that a side does not have. Throws SlipwayError `invalid` or `too-large`. */
export async function tablePair(
  { baseline, candidate }: { baseline: ByteSource | null; candidate: ByteSource | null },
  { onlyDiffering, offset, limit }: TableQuestion,
): Promise<TablePage> {
  const tables = {
    baseline: baseline === null ? null : await readTableRows(baseline),
    candidate: candidate === null ? null : await readTableRows(candidate),
  };
  const { columns, shared, only } = columnsOf(tables.baseline?.names ?? [], tables.candidate?.names ?? []);
  const { key, pairs } = pairedRows(tables);
  const isAlone = baseline === null || candidate === null;
  const compared = pairs.map((pair) => ({ ...pair, differs: differing(tables, pair, shared) }));
  const isDifferent = ({ baseline: first, candidate: second, differs }: (typeof compared)[number]): boolean =>
    first === null || second === null || differs.length > 0;
  const different = isAlone ? [] : compared.filter(isDifferent);
  const listed = onlyDiffering && !isAlone ? different : compared;
  const shown = columns.slice(0, mostColumns);
  return {
    columns: shown,
    moreColumns: columns.length - shown.length,
    only: isAlone ? { baseline: [], candidate: [] } : only,
    key,
    rows: { baseline: tables.baseline?.rows.length ?? 0, candidate: tables.candidate?.rows.length ?? 0 },
    differing: different.length,
    total: listed.length,
    items: listed.slice(offset, offset + limit).map((pair) => rowPair(tables, pair, shown)),
  };
}

interface Tables {
  baseline: TableRows | null;
  candidate: TableRows | null;
}
/** Places of the two rows; null where a side has none. */
interface PlacedPair {
  baseline: number | null;
  candidate: number | null;
}
interface SharedColumn {
  name: string;
  baseline: number;
  candidate: number;
}

function columnsOf(first: readonly string[], second: readonly string[]) {
  const columns = [...new Set([...first, ...second])];
  const shared = columns
    .map((name): SharedColumn => ({ name, baseline: first.indexOf(name), candidate: second.indexOf(name) }))
    .filter(({ baseline, candidate }) => baseline >= 0 && candidate >= 0);
  const only = {
    baseline: columns.filter((name) => !second.includes(name)),
    candidate: columns.filter((name) => !first.includes(name)),
  };
  return { columns, shared, only };
}

function pairedRows({ baseline, candidate }: Tables): { key: string | null; pairs: PlacedPair[] } {
  const key = baseline?.names.find((name) => keyName.test(name) && candidate?.names.includes(name)) ?? null;
  const [first, second] = [keyedRows(baseline, key), keyedRows(candidate, key)];
  if (key === null || first === undefined || second === undefined) {
    const count = Math.max(baseline?.rows.length ?? 0, candidate?.rows.length ?? 0);
    const at = (table: TableRows | null, row: number): number | null =>
      table !== null && row < table.rows.length ? row : null;
    const pairs = Array.from({ length: count }, (_, row) => ({
      baseline: at(baseline, row),
      candidate: at(candidate, row),
    }));
    return { key: null, pairs };
  }
  const common = [...first].map(([id, row]) => ({ baseline: row, candidate: second.get(id) ?? null }));
  const others = [...second].filter(([id]) => !first.has(id)).map(([, row]) => ({ baseline: null, candidate: row }));
  return { key, pairs: [...common, ...others] };
}

/** Rows by their ids; undefined where two have the same, or one has none. */
function keyedRows(table: TableRows | null, key: string | null): Map<string, number> | undefined {
  if (table === null || key === null) return undefined;
  const place = table.names.indexOf(key);
  const rows = new Map<string, number>();
  for (const [row, cells] of table.rows.entries()) {
    const id = cells[place] ?? null;
    if (id === null || rows.has(String(id))) return undefined;
    rows.set(String(id), row);
  }
  return rows;
}

function differing(
  { baseline, candidate }: Tables,
  { baseline: first, candidate: second }: PlacedPair,
  shared: readonly SharedColumn[],
): string[] {
  if (first === null || second === null) return [];
  const [before, after] = [baseline?.rows[first], candidate?.rows[second]];
  return shared
    .filter((column) => !isSame(before?.[column.baseline] ?? null, after?.[column.candidate] ?? null))
    .map(({ name }) => name);
}

/** 1, 1.0 and "1" are one number; an empty cell is like no other. */
function isSame(a: Cell, b: Cell): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  const [first, second] = [String(a), String(b)];
  if (first === second) return true;
  const isNumeric = first.trim() !== '' && second.trim() !== '';
  return isNumeric && Number(first) === Number(second);
}

function rowPair(
  { baseline, candidate }: Tables,
  pair: PlacedPair & { differs: readonly string[] },
  columns: readonly string[],
): RowPair {
  const side = (table: TableRows | null, row: number | null): RowPair['baseline'] => {
    if (table === null || row === null) return null;
    const cells = table.rows[row] ?? [];
    return { row: row + 1, cells: columns.map((name) => cellText(cells[table.names.indexOf(name)] ?? null)) };
  };
  return {
    baseline: side(baseline, pair.baseline),
    candidate: side(candidate, pair.candidate),
    differs: columns.flatMap((name, place) => (pair.differs.includes(name) ? [place] : [])),
  };
}

function cellText(cell: Cell): string | null {
  if (cell === null) return null;
  const text = String(cell);
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}
