// An Arrow file written anew as Parquet, which DuckDB reads in place.
import { setImmediate } from 'node:timers/promises';
import type { Field, RecordBatch } from 'apache-arrow';
import { openArrow } from '../../../../platform/arrow/arrow-batches';
import { ArrowFault } from '../../../../platform/arrow/arrow-fault';
import { type ArrowKind, kindsOfSchema } from '../../../../platform/arrow/arrow-kinds';
import { duckTypeOf, noteOnType } from '../../../../platform/arrow/arrow-types';
import { fillVector } from '../../../../platform/arrow/fill-vector';
import { pieceRows } from '../../../../platform/duckdb/duck-appender';
import { ParquetParts } from './parquet-parts';

/** `notes` are sentences about columns that are read as something else than they are. */
export interface ArrowParquet {
  files: string[];
  notes: string[];
  kinds: ReadonlyMap<string, ArrowKind>;
}

/** Pieces after which somebody may take it back. */
const piecesAtOnce = 32;

/**
 * Writes files below `folder`, which is there. Throws ArrowFault for a file that is damaged or holds what cannot be read,
 * what the system says of one that cannot be opened, and the reason of the signal.
 */
export async function arrowToParquet(path: string, folder: string, signal: AbortSignal): Promise<ArrowParquet> {
  const arrow = await openArrow(path);
  try {
    const fields = arrow.schema.fields;
    if (fields.length === 0) throw new ArrowFault('it has no columns');
    const named = namesOf(fields);
    const columns = fields.map((field, index) => ({ name: named.names[index] as string, type: duckTypeOf(field) }));
    const parts = await ParquetParts.open(folder, columns);
    try {
      for await (const batch of arrow.batches) await writeBatch(parts, batch, signal);
      return {
        files: await parts.finish(),
        notes: [...fields.flatMap((field) => noteOnType(field) ?? []), ...named.notes],
        kinds: kindsOfSchema({ fields: fields.map((field, index) => field.clone({ name: named.names[index] ?? '' })) }),
      };
    } finally {
      parts.close();
    }
  } finally {
    await arrow.close();
  }
}

async function writeBatch(parts: ParquetParts, batch: RecordBatch, signal: AbortSignal): Promise<void> {
  // An empty batch has none of what is counted here.
  if (batch.numRows === 0) return;
  const columns = batch.data.children;
  // A text takes sixteen bytes in DuckDB and is counted without what it stands for where it is one of a list.
  const bytesPerRow = batch.data.byteLength / batch.numRows + 16 * columns.length;
  for (let from = 0, piece = 1; from < batch.numRows; from += pieceRows, piece += 1) {
    const count = Math.min(pieceRows, batch.numRows - from);
    await parts.take({ rows: count, bytes: count * bytesPerRow }, (vectors) => {
      for (const [index, vector] of vectors.entries()) {
        const column = columns[index];
        if (column !== undefined) fillVector(vector, column, { from, count });
      }
    });
    if (piece % piecesAtOnce === 0) await setImmediate();
    signal.throwIfAborted();
  }
}

/** DuckDB's names know no case, and none is empty. */
function namesOf(fields: readonly Field[]): { names: string[]; notes: string[] } {
  const taken = new Set<string>();
  const notes: string[] = [];
  const names = fields.map((field, index) => {
    const own = field.name.replaceAll('\0', '') || `column${index}`;
    let name = own;
    for (let count = 1; taken.has(name.toLowerCase()); count += 1) name = `${own}_${count}`;
    taken.add(name.toLowerCase());
    if (name !== field.name)
      notes.push(`Column ${index + 1}, ${field.name || 'without a name'}, is called ${name} here.`);
    return name;
  });
  return { names, notes };
}
