// What DuckDB says of somebody's SELECT, at its place in the text that was written.

import { messageOf, SlipwayError } from '../../../base/errors';
import { withoutEnd } from '../../../base/text-end';

/** `tables` are the names that the query may read from; `linesBefore` stand before its first line in what DuckDB was given. */
interface WrittenQuery {
  query: string;
  tables: readonly string[];
  linesBefore: number;
}

/** The error to throw: where in the query it is, what is wrong, and names that are near. */
export function queryFault(error: unknown, written: WrittenQuery): SlipwayError {
  const message = messageOf(error);
  const place = placeOf(message, written);
  const sentence = `The query${place === '' ? '' : `, ${place}`}: ${sentenceOf(message, written)}`;
  return new SlipwayError('invalid', sentence, { cause: error });
}

/** `line 2, character 8`, both from 1; the line is left out of a query of one. */
function placeOf(message: string, { query, linesBefore }: WrittenQuery): string {
  const found = /^LINE (\d+): (.*)\n( *)\^/m.exec(message);
  if (found === null) return '';
  const [, number, shown = '', spaces = ''] = found;
  const lines = query.split('\n');
  const line = Number(number) - linesBefore;
  const text = lines[line - 1];
  if (text === undefined) return '';
  const within = spaces.length - `LINE ${number}: `.length;
  // Of a long line DuckDB shows a part.
  const part = shown.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
  const start = text.indexOf(part);
  const character =
    start === -1 ? 0 : start + within - (shown.startsWith('...') && !text.startsWith('...') ? 3 : 0) + 1;
  const at = character < 1 ? '' : `character ${character}`;
  if (lines.length === 1) return at;
  return at === '' ? `line ${line}` : `line ${line}, ${at}`;
}

function sentenceOf(message: string, { tables }: WrittenQuery): string {
  const column =
    /Referenced column "(.*?)" (?:not found|was not found)/.exec(message) ??
    /have a column named "(.*?)"/.exec(message);
  if (column !== null) return `there is no column ${column[1]}.${near(message)}`;
  const table =
    /Table with name (?:"(.*?)"|(\S+)) does not exist/.exec(message) ??
    /Referenced table "(.*?)" not found/.exec(message);
  if (table !== null)
    return `there is no dataset ${table[1] ?? table[2]}.${tables.length === 0 ? '' : ` It reads ${tables.join(', ')}.`}`;
  const called = /Function with name (\S+) does not exist/.exec(message)?.[1];
  if (called !== undefined) return `there is no function ${called}.${near(message)}`;
  if (/syntax error at end of input/.test(message)) return 'it ends before it is complete.';
  const syntax = /syntax error at or near "([\s\S]*?)"\n/.exec(message)?.[1];
  if (syntax !== undefined) return `${syntax} does not fit here.`;
  if (/unterminated quoted/.test(message)) return 'a quote is opened and not closed.';
  const [first = ''] = message.replace(/^[A-Z][A-Za-z ]+ Error: /, '').split('\n');
  return `${withoutEnd(first, /[!.\s]/)}.`;
}

/** Names that DuckDB thinks of, where it does. */
function near(message: string): string {
  const line = /^(?:Candidate bindings|Did you mean):? (.*?)\??$/m.exec(message)?.[1] ?? '';
  const names = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name]) => name);
  return names.length === 0 ? '' : ` Near it: ${names.slice(0, 5).join(', ')}.`;
}
