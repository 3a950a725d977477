// What each feature counts in a model, as training code logs it: MLflow's autologging of XGBoost and LightGBM writes an object
// of numbers, people write tables.
import type { Cell } from '../../../platform/tables/byte-source';
import { readCsv } from '../../../platform/tables/csv-table';

/** By feature, from 0 on. */
export type Importances = Record<string, number>;

const named = /(^|[^a-z])(feature|permutation|gain|shap)?_?importances?([^a-z]|$)|shap/i;
const measured = /import|gain|shap|weight|score|value/i;
/** Mean |SHAP| says most of what a model does, how often trees split by a feature least. */
const ranks: readonly RegExp[] = [/shap/i, /gain/i, /permut/i, /^(?!.*(split|weight|cover|plot))/i];

/** How good a file of this name is as a source, 0 the best; undefined for one that is none. */
export function importanceRank(path: string): number | undefined {
  const name = path.split('/').at(-1) ?? path;
  if (!/\.(json|csv)$/i.test(name) || !named.test(name)) return undefined;
  const rank = ranks.findIndex((pattern) => pattern.test(name));
  return rank === -1 ? ranks.length : rank;
}

/** The importances in a file; undefined where it holds none. */
export async function importancesOf(path: string, bytes: Uint8Array): Promise<Importances | undefined> {
  try {
    return /\.csv$/i.test(path) ? await fromCsv(path, bytes) : fromJson(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    // Somebody's file that is called so, and is something else.
    return undefined;
  }
}

interface Table {
  names: readonly string[];
  rows: (readonly unknown[])[];
}

async function fromCsv(name: string, bytes: Uint8Array): Promise<Importances | undefined> {
  const table: { names: string[]; rows: (readonly Cell[])[] } = { names: [], rows: [] };
  const source = { name, size: bytes.length, read: async (from: number, to: number) => bytes.subarray(from, to) };
  await readCsv(source, {
    columns: (names) => table.names.splice(0, table.names.length, ...names),
    row: (cells) => table.rows.push(cells),
  });
  return fromTable(table);
}

function fromJson(value: unknown): Importances | undefined {
  if (Array.isArray(value)) return fromTable(tableOfRecords(value));
  if (value === null || typeof value !== 'object') return undefined;
  const entries = Object.entries(value);
  if (entries.every(([, each]) => typeof each === 'number')) return importances(entries);
  const { columns, data } = value as { columns?: unknown; data?: unknown };
  if (Array.isArray(columns) && Array.isArray(data)) return fromTable({ names: columns.map(String), rows: data });
  return fromTable(tableOfLists(entries));
}

function tableOfRecords(records: readonly unknown[]): Table {
  const names = Object.keys((records[0] as object | undefined) ?? {});
  return { names, rows: records.map((each) => names.map((name) => (each as Record<string, unknown>)[name])) };
}

/** A list for each column. */
function tableOfLists(entries: readonly [string, unknown][]): Table {
  const lists = entries.filter((each): each is [string, unknown[]] => Array.isArray(each[1]));
  const rows = (lists[0]?.[1] ?? []).map((_, row) => lists.map(([, list]) => list[row]));
  return { names: lists.map(([name]) => name), rows };
}

/** The first column of texts names the features; the numbers are in the column that is called so, or in the first. */
function fromTable({ names, rows }: Table): Importances | undefined {
  const isNumber = (place: number): boolean => rows.every((row) => Number.isFinite(numberOf(row[place])));
  const places = [...names.keys()];
  const feature = places.find((place) => rows.every((row) => typeof row[place] === 'string') && !isNumber(place));
  const numbers = places.filter((place) => place !== feature && isNumber(place));
  const value =
    numbers.find((place) => measured.test(names[place] ?? '')) ?? numbers.find((place) => names[place] !== '');
  if (feature === undefined || value === undefined) return undefined;
  return importances(rows.map((row) => [String(row[feature]), numberOf(row[value])]));
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** What shuffling a feature made better counts nothing. */
function importances(entries: readonly [string, number][]): Importances | undefined {
  const finite = entries.filter(([, value]) => Number.isFinite(value));
  if (!finite.some(([, value]) => value > 0)) return undefined;
  return Object.fromEntries(finite.map(([name, value]) => [name, Math.max(0, value)]));
}
