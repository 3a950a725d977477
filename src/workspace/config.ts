// slipway.yaml, read by the engine. A mistake is told with its line and column and never stops the engine.
import { readFileSync, statSync } from 'node:fs';
import { messageOf, SlipwayError } from '../base/errors';
import { type Config, configFile } from '../protocol/folder/config';
import { type ConfigIssue, configMistakes } from '../protocol/folder/config-mistakes';

/**
 * What slipway.yaml says without what of it is wrong, or the defaults where it is missing or cannot be read at all, with
 * one sentence per mistake.
 */
export interface LoadedConfig {
  config: Config;
  problems: string[];
  /** True for a file that is no YAML: nothing is known of what it says. */
  isUnread?: boolean;
  /** Mistakes of entries of `models:` by their names, of all of them in `all`: what such an entry says is not known. */
  unreadModels?: { all: string | null; byName: Readonly<Record<string, string>> };
}

const defaults: Config = { version: 1, metrics: {}, datasets: {}, models: {} };

/** Bytes of a slipway.yaml; reading one takes its time of the engine's loop. */
const sizeLimit = 64 * 1024;
const mostProblems = 20;

/**
 * The text of the slipway.yaml at `path`; undefined when there is none. Throws SlipwayError `invalid` for what is no file
 * of settings (a folder, a pipe, one larger than 64 KB), and what the system says of one that cannot be read.
 */
export function readConfigText(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) {
    throw new SlipwayError('invalid', 'slipway.yaml is not a file. Put a text file in its place, or take it away.');
  }
  if (found.size > sizeLimit) {
    const sentence = `slipway.yaml is larger than ${sizeLimit / 1024} KB and was not read. Make it smaller.`;
    throw new SlipwayError('invalid', sentence);
  }
  return readFileSync(path, 'utf8');
}

/** Reads `path`. A missing file means the defaults. */
export function loadConfig(path: string): LoadedConfig {
  try {
    return parseConfig(readConfigText(path) ?? '');
  } catch (error) {
    const problem = SlipwayError.is(error) ? error.message : `slipway.yaml cannot be read: ${messageOf(error)}`;
    return { config: defaults, problems: [problem], isUnread: true };
  }
}

/** Parses the text of a slipway.yaml. Problems, at most 20, read `slipway.yaml:LINE:COLUMN: sentence`. */
export function parseConfig(text: string): LoadedConfig {
  if (text === '') return { config: defaults, problems: [] };
  // Loaded when there is something to read: most starts find no slipway.yaml, and the parser is slow to load.
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  // The parser compares every key with every other one.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `slipway.yaml:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const problems = document.errors
      .slice(0, mostProblems)
      .map((error) => `${place(error.pos[0])}: ${error.message.split('\n')[0]}`);
    return { config: defaults, problems, isUnread: true };
  }
  const repeated = repeatedKeys(document);
  if (repeated.length > 0) {
    const problems = repeated.slice(0, mostProblems).map((offset) => `${place(offset)}: Map keys must be unique`);
    return { config: defaults, problems, isUnread: true };
  }
  if (document.contents === null) return { config: defaults, problems: [] };
  return checked(document, place);
}

/** What a document that is YAML says. `place`: of an offset in its text. */
function checked(document: import('yaml').Document, place: (offset: number) => string): LoadedConfig {
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // An alias to nothing, or more aliases than a file of settings has any use for.
    return { config: defaults, problems: [`slipway.yaml: ${messageOf(error)}`], isUnread: true };
  }
  const parsed = configFile.safeParse(value);
  if (parsed.success) return { config: parsed.data, problems: [] };
  const issues = parsed.error.issues as readonly ConfigIssue[];
  const told = (those: readonly ConfigIssue[]): string[] =>
    configMistakes(document, those).map(({ offset, path, sentence }) => `${place(offset)}: ${path}: ${sentence}`);
  return { config: withoutMistakes(value, issues), problems: told(issues), unreadModels: unreadModels(issues, told) };
}

/** Entries of models that have a mistake; all of them where it is not in an entry. */
function unreadModels(
  issues: readonly ConfigIssue[],
  told: (issues: readonly ConfigIssue[]) => string[],
): NonNullable<LoadedConfig['unreadModels']> {
  const byName = new Map<string, string>();
  // Of more than people can mend at once the schema's own words do.
  const one = (issue: ConfigIssue): string =>
    (byName.size < mostProblems ? told([issue])[0] : undefined) ??
    `slipway.yaml: ${issue.path.join('.')}: ${issue.message}`;
  let all: string | null = null;
  for (const issue of issues) {
    const [section, entry] = issue.path;
    const name = String(entry);
    if (section === 'models' && entry !== undefined && !byName.has(name)) byName.set(name, one(issue));
    if (entry === undefined && section === 'models') all ??= one(issue);
    else if (section === 'version' || (section === undefined && !issue.keys)) all ??= one(issue);
  }
  return { all, byName: Object.fromEntries(byName) };
}

/** Entries of these are on their own: a mistake in one says nothing about the others. */
const ofEntries: ReadonlySet<unknown> = new Set(['datasets', 'metrics', 'models']);

/** What is left when each entry, or each section, that has a mistake is taken away. */
function withoutMistakes(value: unknown, issues: readonly ConfigIssue[]): Config {
  if (typeof value !== 'object' || value === null || issues.some(({ path }) => path[0] === 'version')) return defaults;
  const left = { ...value } as Record<string, unknown>;
  const wrong = new Map<string, Set<unknown>>();
  for (const { path, keys = [] } of issues) {
    const [section, entry] = path;
    const name = String(section);
    if (section === undefined) for (const key of keys) delete left[key];
    else if (entry === undefined || !ofEntries.has(section) || typeof left[name] !== 'object') delete left[name];
    else wrong.set(name, (wrong.get(name) ?? new Set()).add(entry));
  }
  for (const [section, names] of wrong) {
    if (left[section] === undefined) continue;
    const kept = Object.entries(left[section] ?? {}).filter(([name]) => !names.has(name));
    left[section] = Object.fromEntries(kept);
  }
  const parsed = configFile.safeParse(left);
  return parsed.success ? parsed.data : defaults;
}

/** Where a key stands that its map has already. */
function repeatedKeys(document: import('yaml').Document): number[] {
  const { isScalar, visit } = require('yaml') as typeof import('yaml');
  const repeated: number[] = [];
  visit(document, {
    Map(_key, { items }) {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (known.has(key.value)) repeated.push(key.range?.[0] ?? 0);
        known.add(key.value);
      }
    },
  });
  return repeated;
}
