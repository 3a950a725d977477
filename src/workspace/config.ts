// slipway.yaml, read by the engine. A mistake is told with its line and column and never stops the engine.
import { readFileSync } from 'node:fs';
import { messageOf, systemCodeOf } from '../base/errors';
import { type Config, configFile } from '../protocol/folder/config';

/** What slipway.yaml says, or the defaults where it is missing or wrong, with one sentence per mistake. */
export interface LoadedConfig {
  config: Config;
  problems: string[];
}

const defaults: Config = { version: 1, metrics: {} };

/** Reads `path`. A missing file means the defaults; a wrong one means the defaults and its problems. */
export function loadConfig(path: string): LoadedConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { config: defaults, problems: [] };
    return { config: defaults, problems: [`slipway.yaml cannot be read: ${messageOf(error)}`] };
  }
  return parseConfig(text);
}

/** Parses the text of a slipway.yaml. Problems read `slipway.yaml:LINE:COLUMN: sentence`. */
export function parseConfig(text: string): LoadedConfig {
  // Loaded when there is something to read: most starts find no slipway.yaml, and the parser is slow to load.
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `slipway.yaml:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => `${place(error.pos[0])}: ${error.message.split('\n')[0]}`);
    return { config: defaults, problems };
  }
  if (document.contents === null) return { config: defaults, problems: [] };
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // An alias to nothing, or more aliases than a file of settings has any use for.
    return { config: defaults, problems: [`slipway.yaml: ${messageOf(error)}`] };
  }
  const parsed = configFile.safeParse(value);
  if (parsed.success) return { config: parsed.data, problems: [] };
  const problems = parsed.error.issues.map((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const path = [...issue.path, ...keys.slice(0, 1)].map((part) => (typeof part === 'symbol' ? String(part) : part));
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
    return `${place(node?.range?.[0] ?? 0)}: ${path.join('.')}: ${issue.message}`;
  });
  return { config: defaults, problems };
}
