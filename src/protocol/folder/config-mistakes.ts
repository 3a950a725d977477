// Mistakes of slipway.yaml as sentences a person can act on: what is wrong, and what was probably meant.
import type { Document } from 'yaml';
import { kindWord, suggestion } from '../datasets/contract/reading/schema-problem';
import { configWords } from './config-help';

/** As much of an issue of the schema as is told. `keys` are those that nobody reads. */
export interface ConfigIssue {
  code: string;
  path: readonly PropertyKey[];
  message: string;
  keys?: readonly string[];
  values?: readonly unknown[];
  /** Of each of several kinds of one thing. */
  errors?: readonly (readonly ConfigIssue[])[];
  discriminator?: string;
}

/** Where in the text, and what. */
export interface ConfigMistake {
  offset: number;
  path: string;
  sentence: string;
}

type Path = readonly (string | number)[];

/** What people write for these keys elsewhere. */
const meant: Readonly<Record<string, string>> = {
  type: 'kind',
  name: 'id',
  threshold: 'value',
  limit: 'value',
  operator: 'op',
  rules: 'gates',
  approvers: 'approvals',
};

const meantValues: Readonly<Record<string, string>> = { '=>': '>=', '=<': '<=' };

/** Looking for what was meant takes its time. */
const mostMistakes = 20;

/** In the order of the text, 20 at most. A key that is missing where one that is misspelt stands is told once, by that one. */
export function configMistakes(document: Document, issues: readonly ConfigIssue[]): ConfigMistake[] {
  return issues
    .slice(0, mostMistakes)
    .flatMap((issue) => mistakesOf(document, issue))
    .filter(({ offset, path }, at, all) => all.findIndex((each) => each.offset === offset && each.path === path) === at)
    .sort((a, b) => a.offset - b.offset)
    .slice(0, mostMistakes);
}

function mistakesOf(document: Document, issue: ConfigIssue): ConfigMistake[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).slice(0, mostMistakes).map((key) => unknownKey(document, [...path, key]));
  }
  const isMissing = /^invalid_(type|value|union)$/.test(issue.code) && document.getIn(path) === undefined;
  if (isMissing) return [missingKey(document, path, issue)];
  return [{ offset: offsetOf(document, path), path: path.join('.'), sentence: valueSentence(document, path, issue) }];
}

function unknownKey(document: Document, path: Path): ConfigMistake {
  const key = String(path.at(-1));
  const sentence = `There is no key ${key} here.${meantBy(document, path)}`;
  return { offset: keyOffset(document, path) ?? offsetOf(document, path), path: path.join('.'), sentence };
}

function missingKey(document: Document, path: Path, { message }: ConfigIssue): ConfigMistake {
  const wanted = String(path.at(-1));
  const inside = path.slice(0, -1);
  const instead = ownKeys(document, inside).find((key) => {
    return (
      !keysAt(document, inside).includes(key) && meantBy(document, [...inside, key]) === ` Did you mean ${wanted}?`
    );
  });
  if (instead !== undefined) return unknownKey(document, [...inside, instead]);
  const sentence = `is missing. ${expectedOf(message)}`;
  return { offset: offsetOf(document, path), path: path.join('.'), sentence };
}

function valueSentence(document: Document, path: Path, issue: ConfigIssue): string {
  const inside = typeof path.at(-1) === 'number' || issue.discriminator === undefined ? path : path.slice(0, -1);
  const key = issue.discriminator === undefined ? path : [...inside, issue.discriminator];
  const found = document.getIn(key);
  const words = issue.discriminator === undefined ? choicesOf(issue) : valuesAt(key);
  if (words.length === 0 || typeof found === 'object') return plainWords(issue);
  if (words.length === 1) return `it is ${String(found)}, and only ${words[0]} is known.`;
  const usual = Object.hasOwn(meantValues, String(found)) ? ` Did you mean ${meantValues[String(found)]}?` : undefined;
  return `${String(found)} is none of ${words.join(', ')}.${usual ?? suggestion(String(found), words)}`;
}

/** All that may stand there, where that is a choice of some. */
function choicesOf({ values, errors = [] }: ConfigIssue): string[] {
  const all = errors.flat();
  const isChoice = all.length > 0 && all.every((each) => each.values !== undefined);
  return [...(values ?? []), ...(isChoice ? all.flatMap((each) => each.values ?? []) : [])].map(String);
}

/** What the schema says, its words for types and sizes in ours; of several kinds that fit none the one that says more. */
function plainWords({ message, errors = [] }: ConfigIssue): string {
  const own = errors.flat().find((each) => !/^(Invalid|Too) /.test(each.message))?.message;
  return (message === 'Invalid input' && own !== undefined ? own : message)
    .replace(
      /^Invalid input: expected (\w+), received (\w+)$/,
      (_, wanted: string, found: string) => `it takes ${kindWord(wanted)}, and is ${kindWord(found)}`,
    )
    .replace(/^Too (?:big|small): expected number to be ([<>]=?)(.+)$/, 'it is a number $1 $2')
    .replace(/^Too small: expected \w+ to have >=1 \w+$/, 'it is empty, and takes at least one')
    .replace(/^Too (?:big|small): expected \w+ to have ([<>]=)(\d+) (\w+)$/, 'it has $1 $2 $3');
}

function meantBy(document: Document, path: Path): string {
  const key = String(path.at(-1));
  const known = keysAt(document, path.slice(0, -1));
  const usual = Object.hasOwn(meant, key) ? meant[key] : undefined;
  return usual !== undefined && known.includes(usual) ? ` Did you mean ${usual}?` : suggestion(key, known);
}

/** The keys that may stand in the map at a path: those of its kind where it is a rule. */
function keysAt(document: Document, path: Path): string[] {
  const kind = document.getIn([...path, 'kind']);
  return configWords(path, 'key', typeof kind === 'string' ? kind : undefined).map(({ word }) => word);
}

function valuesAt(path: Path): string[] {
  return configWords(path, 'value').map(({ word }) => word);
}

function ownKeys(document: Document, path: Path): string[] {
  const value: unknown = (path.length === 0 ? document : (document.getIn(path) as Document | undefined))?.toJSON?.();
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** What should be there, without what is: of something missing that is nothing. */
function expectedOf(message: string): string {
  return message.replace(
    /^Invalid (?:input: expected (\w+), received undefined|discriminator value\. Expected (.*))$/,
    (_, type?: string, kinds?: string) => `It takes ${type === undefined ? kinds : kindWord(type)}`,
  );
}

interface Placed {
  range?: [number, number, number];
}

function keyOffset(document: Document, path: Path): number | undefined {
  const inside = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const items = (inside as { items?: { key?: (Placed & { value?: unknown }) | null }[] } | null)?.items ?? [];
  return items.find(({ key }) => String(key?.value) === String(path.at(-1)))?.key?.range?.[0];
}

/** Where it stands, or what it is missing in. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as Placed | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}
