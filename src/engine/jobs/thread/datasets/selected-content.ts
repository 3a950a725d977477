// A dataset that is a SELECT over others: their contents and the text of the SELECT together are its content.
import { SlipwayError } from '../../../../base/errors';
import { idOfFiles, partPath, selectedPath } from '../../../../lifecycle/datasets/content/selected-listing';
import { queryOverQueries } from '../../../../lifecycle/datasets/scan/query-over-queries';
import { usedTables } from '../../../../lifecycle/datasets/sources/used-tables';
import type { DatasetDefinition, DatasetFile } from '../../../../protocol/datasets/dataset';
import type { TableFiles, TableSource } from '../../../../protocol/datasets/table-source';
import { readKept } from './kept-content';
import type { Reading } from './reading';
import type { Refresh } from './refresh';

/** Names of datasets in a sentence. */
const mostNamed = 8;

/** A dataset that the query names, as it was read. */
interface Part {
  name: string;
  id: string;
  reading: Reading;
  table: TableSource;
}

/**
 * Reads the datasets that the query names, each as a version of its own; of those that are fetched the newest version.
 * Throws SlipwayError `invalid` where it names none, and where a query comes to select from itself.
 */
export async function readSelected(
  refresh: Refresh,
  { dataset, query }: { dataset: string; query: string },
): Promise<Reading> {
  requireEnd(refresh.selecting, dataset);
  refresh.selecting.push(dataset);
  try {
    const parts: Part[] = [];
    for (const name of namesIn(refresh, { dataset, query })) parts.push(await readPart(refresh, name));
    return joined(parts, dataset, query);
  } finally {
    refresh.selecting.pop();
  }
}

function requireEnd(selecting: readonly string[], dataset: string): void {
  const start = selecting.indexOf(dataset);
  if (start === -1) return;
  const round = [...selecting.slice(start), dataset].join(' from ');
  throw new SlipwayError('invalid', `A query cannot select from itself: ${round}. Take one of these out of its query.`);
}

function namesIn(refresh: Refresh, { dataset, query }: { dataset: string; query: string }): string[] {
  const others = refresh.names().filter((name) => name !== dataset);
  const names = usedTables(query, others);
  if (names.length > 0) return names;
  const known = others.length === 0 ? 'There is none yet' : `There are ${others.slice(0, mostNamed).join(', ')}`;
  const sentence = `The query of ${dataset} reads no dataset. ${known}${others.length > mostNamed ? ' and more' : ''}. Write a SELECT over them by their names, quoted where needed.`;
  throw new SlipwayError('invalid', sentence);
}

async function readPart(refresh: Refresh, name: string): Promise<Part> {
  const definition = refresh.definitionOf(name);
  if (definition === undefined) throw new SlipwayError('not-found', `There is no dataset ${name}.`);
  const reading = await readPartNow(refresh, name, definition);
  const { table } = reading;
  if (table === null) throw new SlipwayError('invalid', `${name} is no table, so nothing can be selected from it.`);
  return { name, id: reading.listing.id, reading, table };
}

/** What was fetched is read as it is kept: nobody asked for it to be fetched anew. */
async function readPartNow(refresh: Refresh, name: string, definition: DatasetDefinition): Promise<Reading> {
  if (definition.source === undefined) return (await refresh.land(name, definition)).reading;
  const kept = readKept(refresh, name, definition);
  if (kept !== undefined) return kept;
  const { reading } = await refresh.land(name, definition);
  return readKept(refresh, name, definition) ?? reading;
}

function joined(parts: readonly Part[], dataset: string, query: string): Reading {
  const queries = new Map(parts.flatMap(({ name, table }) => ('query' in table ? [[name, table.query] as const] : [])));
  const whole = queryOverQueries(query, queries);
  const files = filesOf(parts);
  const id = idOfFiles(files, whole);
  const whys = parts.flatMap(({ name, reading: { snapshot } }) =>
    'why' in snapshot ? [`of ${name}, ${snapshot.why}`] : [],
  );
  const [why] = whys;
  return {
    listing: { id, dvc: null, files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) },
    kind: 'list',
    snapshot: why === undefined ? { contents: [] } : { why },
    query: whole,
    table: { query: whole, tables: tablesOf(parts) },
    edges: parts.map((part) => ({
      from: { kind: 'version', id: `${part.name}@${part.id}` },
      to: { kind: 'version', id: `${dataset}@${id}` },
      by: 'declared',
      how: 'query',
    })),
    places: parts.flatMap(({ reading }) => reading.places),
    hashed: parts.reduce((sum, { reading }) => sum + reading.hashed, 0),
    notes: [...new Set(parts.flatMap(({ reading }) => reading.notes))],
  };
}

/** The files of all datasets that are read in the end, by the names of those. */
function filesOf(parts: readonly Part[]): DatasetFile[] {
  const byName = new Map<string, DatasetFile[]>();
  for (const { name, reading, table } of parts) {
    const files = reading.listing.files.map((file) =>
      'query' in table ? file : { ...file, path: selectedPath(name, file.path) },
    );
    for (const [owner, own] of Map.groupBy(files, ({ path }) => partPath(path).name)) {
      requireSame(owner, byName.get(owner), own);
      byName.set(owner, own);
    }
  }
  const names = [...byName.keys()].sort((a, b) => (a < b ? -1 : 1));
  return names.flatMap((name) => byName.get(name) as DatasetFile[]);
}

/** One that is read in two ways is read twice. */
function requireSame(name: string, before: readonly DatasetFile[] | undefined, files: readonly DatasetFile[]): void {
  const told = (of: readonly DatasetFile[]): string => JSON.stringify(of.map(({ path, sha256 }) => [path, sha256]));
  if (before === undefined || told(before) === told(files)) return;
  throw new SlipwayError('conflict', `${name} changed while it was being read. Try again when it is at rest.`);
}

function tablesOf(parts: readonly Part[]): Record<string, TableFiles> {
  const tables = parts.flatMap(({ name, table }) =>
    'query' in table ? Object.entries(table.tables) : [[name, table] as const],
  );
  return Object.fromEntries(tables);
}
