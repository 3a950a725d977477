// What may be written where in a contract.

import { keysAt, type SchemaKey } from '../reading/schema-keys';
import { isColumnCheck, type SlipwayCheckName } from '../slipway-check';
import type { YamlContext } from './yaml-context';

/** One word that may be written: a key, a value, or a column. */
export interface HelpWord {
  kind: 'key' | 'value' | 'column';
  word: string;
  about: string;
  /** What is typed for it; `$0` is where the cursor goes. */
  insert: string;
}

/** Keys under which a column of the table is named. */
const columnKeys = ['columns', 'properties', 'left', 'right', 'names'];

const firstOfCheck = ['metric', 'rule', 'type'];

/** The words for this place; `columns` are those of the table. */
export function helpFor(
  { path, at, lacks, taken }: YamlContext,
  columns: readonly { name: string; type: string }[],
): HelpWord[] {
  if (at === 'key')
    return inUse(keysAt(path), path)
      .filter((key) => fits(key, path) && !taken.includes(key.name))
      .map((key) => ({ ...keyWord(key), insert: `${' '.repeat(lacks)}${keyWord(key).insert}` }));
  const key = lastKey(path);
  if (namesColumn(path, key)) return columns.map(columnWord);
  const names = path.filter((part) => typeof part === 'string');
  const schema = keysAt(path.slice(0, path.lastIndexOf(key)));
  const found = names.length === 0 ? undefined : schema.find(({ name }) => name === key);
  return (found?.values ?? []).map((value) => ({ kind: 'value', word: value, about: '', insert: value }));
}

/** What says which check it is comes first. */
function inUse(keys: readonly SchemaKey[], path: YamlContext['path']): readonly SchemaKey[] {
  if (path.at(-2) !== 'quality') return keys;
  const place = ({ name }: SchemaKey): number => firstOfCheck.indexOf(name) + 1 || firstOfCheck.length + 1;
  return [...keys].sort((a, b) => place(a) - place(b));
}

function lastKey(path: YamlContext['path']): string {
  return path.findLast((part) => typeof part === 'string') ?? '';
}

/** A name of a property, or a column that a check names. */
function namesColumn(path: YamlContext['path'], key: string): boolean {
  const isProperty = key === 'name' && path.at(-3) === 'properties';
  const isInCheck = path.includes('arguments') || path.includes('implementation');
  return isProperty || (isInCheck && columnKeys.includes(key));
}

/** Under a table stand checks of tables, under a column checks of columns. */
function fits({ name }: SchemaKey, path: YamlContext['path']): boolean {
  if (path.at(-1) !== 'implementation') return true;
  return isColumnCheck(name as SlipwayCheckName) === path.includes('properties');
}

function keyWord({ name, about, kind, values }: SchemaKey): HelpWord {
  const isOne = values.length === 1;
  const insert = { list: `${name}: [$0]`, map: `${name}: { $0 }` }[kind as 'list' | 'map'];
  return { kind: 'key', word: name, about, insert: insert ?? (isOne ? `${name}: ${values[0]}` : `${name}: $0`) };
}

function columnWord({ name, type }: { name: string; type: string }): HelpWord {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  return {
    kind: 'column',
    word: name,
    about: type,
    insert: isPlain ? name : JSON.stringify(name).replaceAll('$', '\\$'),
  };
}
