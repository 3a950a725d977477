// Several tables as one: the rows of all their files.
import { SlipwayError } from '../../base/errors';
import type { TableSource } from './table-source';

/** A table by the name that a person knows it by. */
export interface NamedSource {
  name: string;
  source: TableSource;
}

/**
 * One table with the rows of all, at least one. A file that several of them hold counts once, so that versions of a folder that
 * grows do not count their oldest rows most often. Throws SlipwayError `invalid` for a query, or files of another format.
 */
export function unionSource(tables: readonly NamedSource[]): TableSource {
  const [first] = tables;
  if (first === undefined) throw new SlipwayError('invalid', 'The reference has no version.');
  if (tables.length === 1) return first.source;
  const parts = tables.map(({ name, source }) => {
    if (!('query' in source)) return { name, source };
    const sentence = `${name} is a query. A reference of several versions is made of files: choose one version of it.`;
    throw new SlipwayError('invalid', sentence);
  });
  const format = parts[0]?.source.format ?? 'csv';
  const other = parts.find(({ source }) => source.format !== format);
  if (other !== undefined) {
    const sentence = `${first.name} is ${format}, and ${other.name} is ${other.source.format}. Versions are one reference only where their formats are the same.`;
    throw new SlipwayError('invalid', sentence);
  }
  return { files: [...new Set(parts.flatMap(({ source }) => source.files))], format };
}
