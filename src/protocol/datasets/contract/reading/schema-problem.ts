// What a schema finds wrong, as sentences with a place.
import type * as z from 'zod';
import type { ContractProblem } from '../contract';
import type { YamlPath, YamlPlaces } from './yaml-places';

/** One issue: where it is within the value, and what is to be said. `isKey`: it is the key that is wrong. */
export interface IssueSentence {
  inner: (string | number)[];
  message: string;
  isKey: boolean;
}

/** The issues as sentences. `known` tells which keys there are at a path. */
export function issueSentences({ issues }: z.ZodError, known: (path: YamlPath) => readonly string[]): IssueSentence[] {
  return issues.flatMap((issue): IssueSentence[] => {
    const inner = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code !== 'unrecognized_keys') return [{ inner, message: sentenceOf(issue, inner), isKey: false }];
    return issue.keys.map((key) => ({
      inner: [...inner, key],
      message: `There is no key ${key} here.${suggestion(key, known(inner))}`,
      isKey: true,
    }));
  });
}

/** The issues as problems, each with its place in the file. */
export function schemaProblems(
  yaml: YamlPlaces,
  error: z.ZodError,
  known: (path: YamlPath) => readonly string[],
): ContractProblem[] {
  return issueSentences(error, known).map(({ inner, message, isKey }) => ({
    place: yaml.place(inner, isKey ? 'key' : 'value'),
    message,
  }));
}

function sentenceOf(issue: z.core.$ZodIssue, path: YamlPath): string {
  const name = path.at(-1) === undefined ? 'The file' : nameOf(path);
  if (issue.code === 'invalid_type' && issue.input === undefined && / undefined$/.test(issue.message)) {
    return `${name} is missing.`;
  }
  if (issue.code === 'invalid_value') return `${name} must be ${oneOf(issue.values)}.`;
  if (issue.code === 'invalid_type') {
    const found = /received (\w+)/.exec(issue.message)?.[1] ?? 'something else';
    return `${name} must be ${kindWord(issue.expected)}, and is ${kindWord(found)}.`;
  }
  return `${name}: ${issue.message}.`;
}

function nameOf(path: YamlPath): string {
  const last = path.at(-1);
  return typeof last === 'number' ? `Item ${last + 1} of ${String(path.at(-2) ?? 'the list')}` : String(last);
}

const kindWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two numbers',
  object: 'a map of keys',
  record: 'a map of keys',
  null: 'nothing',
  undefined: 'missing',
};

/** A type of JSON's values in words; the word itself of one that is not known. */
export function kindWord(type: string): string {
  return kindWords[type] ?? type;
}

/** `a`, or `one of a, b and c`; with what was meant, when it is near. */
function oneOf(values: readonly unknown[]): string {
  const texts = values.map(String);
  return texts.length === 1 ? (texts[0] as string) : `one of ${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** ` Did you mean X?` for the nearest of the names, '' where none is near. */
export function suggestion(word: string, names: readonly string[]): string {
  const lower = word.toLowerCase();
  const near = names
    .map((name) => ({ name, distance: editDistance(lower, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const most = Math.max(1, Math.floor(word.length / 3));
  return near !== undefined && near.distance <= most ? ` Did you mean ${near.name}?` : '';
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
