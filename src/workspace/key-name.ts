// What a key may be called, in every stage: it may become a path below an artifact root. The sentences are those clients
// of the MLflow API match on.
import { posix } from 'node:path';
import { SlipwayError } from '../base/errors';

/** Longest name of a metric, param or tag, in characters. */
const longestKey = 250;
const plainName = /^[\p{L}\p{N}_\-. /:]*$/u;
const knownGood = new Set<string>();

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function refuse(path: string, name: string, why: string): never {
  throw new SlipwayError('invalid', `Invalid value ${JSON.stringify(name)} for parameter '${path}' supplied: ${why}`);
}

function normalised(name: string): string {
  const path = posix.normalize(name);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Throws `invalid` when the name, taken for a path, would lead elsewhere. `path` is the place in the request. */
export function checkSamePath(name: string, path: string): void {
  const norm = normalised(name);
  if (norm === name && norm !== '.' && !norm.startsWith('..') && !norm.startsWith('/')) return;
  refuse(
    path,
    name,
    `Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to ${quote(norm)}`,
  );
}

/** True for a name that has passed `checkKeyName` lately. */
export function isKnownKey(name: string): boolean {
  return knownGood.has(name);
}

/** Throws `invalid` unless the text may be a key that is also a path below an artifact root. */
export function checkKeyName(name: string, path: string): void {
  if (knownGood.has(name)) return;
  if (!plainName.test(name)) {
    refuse(
      path,
      name,
      'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).',
    );
  }
  checkSamePath(name, path);
  if (knownGood.size > 20_000) knownGood.clear();
  if (name.length <= longestKey) knownGood.add(name);
}

/** Throws `invalid` when the text is longer than `limit` characters. */
export function checkLength(what: string, limit: number, value: string): void {
  if (value.length > limit && Array.from(value).length > limit) {
    throw new SlipwayError('invalid', `'${what}' exceeds the maximum length of ${limit} characters`);
  }
}
