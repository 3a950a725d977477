// A `.dvc` file: which content of a file or folder the repository asks for.
import { readFileSync } from 'node:fs';
import { basename, dirname, posix, resolve } from 'node:path';
import * as z from 'zod';
import { messageOf, SlipwayError } from '../../../base/errors';
import { type DvcOut, dvcEntries, outOf } from './dvc-out';

const dvcFile = z.looseObject({ outs: dvcEntries, deps: z.array(z.unknown()).nullish(), wdir: z.string().nullish() });

/** Whether the `.dvc` file at `path` is of `dvc import` or `dvc import-url`. Throws as `readDvcFile` does. */
export function isImport(path: string): boolean {
  return (readDvcYaml(path, dvcFile).deps ?? []).length > 0;
}

/** The folder that the paths in the `.dvc` file at `path` begin in. Throws as `readDvcFile` does. */
export function dvcFileFolder(path: string): string {
  return resolve(dirname(path), readDvcYaml(path, dvcFile).wdir ?? '.');
}

/** The outs of the `.dvc` file at `path`. Throws SlipwayError `invalid` with the line for one that is no YAML of DVC's. */
export function readDvcFile(path: string): DvcOut[] {
  const { outs, wdir } = readDvcYaml(path, dvcFile);
  const folder = resolve(dirname(path), wdir ?? '.');
  return (outs ?? []).flatMap(
    (entry) => outOf(entry, { place: resolve(folder, entry.path), saidBy: path, stage: null }) ?? [],
  );
}

/** Reads a file of DVC's by its schema. Throws SlipwayError `invalid` with file and line. */
export function readDvcYaml<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: false });
  const [first] = document.errors;
  if (first !== undefined) {
    const { line } = lines.linePos(first.pos[0]);
    throw new SlipwayError('invalid', `${basename(path)}:${line}: ${first.message.split('\n')[0]}`);
  }
  const parsed = schema.safeParse(plain(document, path) ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const node = document.getIn((issue?.path ?? []) as (string | number)[], true) as { range?: [number] } | undefined;
  const { line } = lines.linePos(node?.range?.[0] ?? 0);
  throw new SlipwayError('invalid', `${basename(path)}:${line}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function plain(document: import('yaml').Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new SlipwayError('invalid', `${basename(path)}: ${messageOf(error)}`, { cause: error });
  }
}

/** What a new out says of itself, in the order in which DVC writes it. */
export interface NewOut {
  path: string;
  md5: string;
  bytes: number;
  /** Files below a folder; null for a single file. */
  files: number | null;
}

function samePath(one: unknown, other: string): boolean {
  return typeof one === 'string' && posix.normalize(one) === posix.normalize(other);
}

/**
 * The text of a `.dvc` file for one out. `known` is the text that was there: its other outs and keys, comments and the
 * words about the out stay.
 */
export function dvcFileText({ path, md5, bytes, files }: NewOut, known: string | undefined): string {
  const { Document, isMap, isSeq, parseDocument } = require('yaml') as typeof import('yaml');
  const document = known === undefined ? new Document({ outs: [{}] }) : parseDocument(known);
  const values = {
    md5: files === null ? md5 : `${md5}.dir`,
    size: bytes,
    ...(files === null ? {} : { nfiles: files }),
    hash: 'md5',
    path,
  };
  const outs = document.get('outs');
  const out = isSeq(outs) ? outs.items.find((each) => isMap(each) && samePath(each.get('path'), path)) : undefined;
  // A sum over the whole file, which DVC 1 wrote: without one DVC asks the outs alone.
  document.delete('md5');
  if (!isMap(out)) {
    if (isSeq(outs) && known !== undefined) outs.add(document.createNode(values));
    else document.set('outs', [values]);
  } else {
    if (files === null) out.delete('nfiles');
    for (const [key, value] of Object.entries(values)) out.set(key, value);
  }
  // DVC writes lists at the level of their key, and no document of several lines in one.
  return document.toString({ indentSeq: false, lineWidth: 0 });
}
