// Files that are read must not be written over by what is made of them.
import { statSync } from 'node:fs';
import { SlipwayError } from '../../base/errors';
import type { TableSource } from '../../protocol/datasets/table-source';

/** The files that a table is made of, by path. */
export function filesOf(source: TableSource): string[] {
  return 'query' in source ? Object.values(source.tables).flatMap(({ files }) => files) : source.files;
}

/** Throws SlipwayError `invalid` where `output` is one of the files that are `read`, also by another name of it. */
export function refuseRead(output: string, read: readonly string[]): void {
  const target = statSync(output, { bigint: true, throwIfNoEntry: false });
  if (target === undefined) return;
  const own = read.find((path) => {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found?.ino === target.ino && found.dev === target.dev;
  });
  if (own === undefined) return;
  const sentence = `${output} is what is read (${own}), and would be lost. Name another file for the output.`;
  throw new SlipwayError('invalid', sentence);
}
