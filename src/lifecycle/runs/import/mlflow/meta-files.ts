// The small files that a file store of MLflow is made of.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '../../../../base/errors';
import type { KeyValue } from '../../batch';
import { filesBelow } from '../files/file-tree';
import type { SourceReport } from '../source-report';

/** A `meta.yaml`. */
export type Meta = Record<string, unknown>;

/** The `meta.yaml` of a folder; undefined, and a problem told, when there is no sound one. */
export function readMeta(folder: string, report: SourceReport): Meta | undefined {
  const file = join(folder, 'meta.yaml');
  if (!existsSync(file)) return undefined;
  try {
    const meta: unknown = parse(readFileSync(file, 'utf8'));
    if (typeof meta === 'object' && meta !== null) return meta as Meta;
    report.problem(file, '', 'it is empty or cut off, so nothing below its folder is taken');
  } catch (error) {
    report.problem(file, '', `${messageOf(error).split('\n')[0]} Nothing below its folder is taken.`);
  }
  return undefined;
}

/** Files whose paths below a folder are keys and whose contents are values. */
export function textFiles(folder: string, report: SourceReport): KeyValue[] {
  return filesBelow(folder, report).map(({ path, place }) => ({ key: path, value: readFileSync(place, 'utf8') }));
}
