// A dataset that is a SELECT over others: their contents and the text of the SELECT together are its content.
import { SlipwayError } from '../../../../base/errors';
import { selectedId, selectedPath } from '../../../../lifecycle/datasets/content/selected-listing';
import { usedTables } from '../../../../lifecycle/datasets/sources/used-tables';
import type { DatasetFile } from '../../../../protocol/datasets/dataset';
import type { TableFiles } from '../../../../protocol/datasets/table-source';
import type { Reading } from './reading';
import type { Refresh } from './refresh';

/** A dataset that the query names, as it was read. */
interface Part {
  name: string;
  id: string;
  reading: Reading;
}

/** Reads the datasets that the query names, each as a version of its own. Throws SlipwayError `invalid` where it names none. */
export async function readSelected(
  refresh: Refresh,
  { dataset, query }: { dataset: string; query: string },
): Promise<Reading> {
  const others = refresh.names().filter((name) => name !== dataset);
  const names = usedTables(query, others);
  if (names.length === 0) {
    const sentence = `The query of ${dataset} names no dataset. Write a SELECT over datasets by their names, quoted where needed.`;
    throw new SlipwayError('invalid', sentence);
  }
  const parts: Part[] = [];
  for (const name of names) {
    const { landing, reading } = await readPart(refresh, dataset, name);
    parts.push({ name, id: landing.version.id, reading });
  }
  const strange = parts.find(({ reading }) => reading.table === null);
  if (strange !== undefined)
    throw new SlipwayError('invalid', `${strange.name} is no table, so nothing can be selected from it.`);
  const tables = Object.fromEntries(parts.map(({ name, reading }) => [name, reading.table as TableFiles]));
  return { ...joined(parts, `${dataset}@`, selectedId(query, parts)), query, table: { query, tables } };
}

function joined(parts: readonly Part[], start: string, id: string): Omit<Reading, 'query' | 'table'> {
  const files = parts.flatMap(({ name, reading }) => reading.listing.files.map((file) => partFile(name, file)));
  const whys = parts.flatMap(({ name, reading: { snapshot } }) =>
    'why' in snapshot ? [`of ${name}, ${snapshot.why}`] : [],
  );
  const [why] = whys;
  return {
    listing: { id, dvc: null, files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) },
    kind: 'list',
    snapshot: why === undefined ? { contents: [] } : { why },
    edges: parts.map((part) => ({
      from: { kind: 'version', id: `${part.name}@${part.id}` },
      to: { kind: 'version', id: `${start}${id}` },
      by: 'declared',
      how: 'query',
    })),
    places: parts.flatMap(({ reading }) => reading.places),
    hashed: parts.reduce((sum, { reading }) => sum + reading.hashed, 0),
    notes: parts.flatMap(({ reading }) => reading.notes),
  };
}

async function readPart(refresh: Refresh, dataset: string, name: string): ReturnType<Refresh['land']> {
  const definition = refresh.definitionOf(name);
  if (definition === undefined) throw new SlipwayError('not-found', `There is no dataset ${name}.`);
  if (definition.query !== undefined) {
    const sentence = `${dataset} selects from ${name}, which is a query itself. Select from what ${name} selects from.`;
    throw new SlipwayError('invalid', sentence);
  }
  return refresh.land(name, definition);
}

function partFile(name: string, file: DatasetFile): DatasetFile {
  return { ...file, path: selectedPath(name, file.path) };
}
