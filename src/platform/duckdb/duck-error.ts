// What DuckDB says of a file or a statement, as one sentence for people.

import { basename } from 'node:path';
import { messageOf, SlipwayError } from '../../base/errors';
import { withoutEnd } from '../../base/text-end';

const longLine = /Maximum line size of/i;
const noCsv = /error when sniffing file|CSV Parser state machine/i;
const firstLine = /^(?:[A-Z][A-Za-z ]+ Error: )?([^\n]*)/;

/** `file` is the one it met, when it names one; `line` counts from 1. `column` is what it could not convert. */
export interface DuckFault {
  file: string | undefined;
  line: number | undefined;
  column: string | undefined;
  /** A line of a CSV is longer than was looked for. */
  isLongLine: boolean;
  /** A CSV cannot be cut into rows; nothing says where. */
  isNoCsv: boolean;
  /** A row of a JSON file is no JSON. */
  isNoJson: boolean;
  /** What is wrong, without a place. */
  what: string;
  /** It was broken off by `interrupt`. */
  isInterrupt: boolean;
}

/** Takes a message of DuckDB's apart. */
export function duckFault(error: unknown): DuckFault {
  const message = messageOf(error);
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1] ?? /in line (\d+)/.exec(message)?.[1];
  const file =
    /^[ \t]*file = (.+)$/m.exec(message)?.[1] ?? /(?:in|sniffing) file ["']([^"'\n]+)["']/i.exec(message)?.[1];
  const column = /Error when converting column "((?:[^"]|"")*)"/.exec(message)?.[1];
  return {
    file: file?.trim(),
    line: line === undefined ? undefined : Number(line),
    column,
    isLongLine: longLine.test(message),
    isNoJson: /Malformed JSON/i.test(message),
    isNoCsv: line === undefined && noCsv.test(message),
    what: sentenceOf(message),
    isInterrupt: /INTERRUPT/i.test(message),
  };
}

function sentenceOf(message: string): string {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (counts !== null) return `the row has ${counts[2]} values, and the header ${counts[1]}`;
  const converted = /Error when converting column "(.*)"\. (.*)/.exec(message);
  if (converted !== null) return `column ${converted[1]}: ${converted[2]}`;
  const json = /^[^\n]*Malformed JSON in file "[^"\n]*", at byte (\d+) in line \d+: ([^\n]*)/.exec(message);
  if (json !== null) return `this is not JSON at byte ${json[1]}: ${withoutEnd(json[2] as string, /[.\s]/)}`;
  const record = /^[^\n]*Malformed JSON in file "[^"\n]*", at byte (\d+) in record\/value (\d+): ([^\n]*)/.exec(
    message,
  );
  if (record !== null)
    return `row ${record[2]} is not JSON at byte ${record[1]}: ${withoutEnd(record[3] ?? '', /[.\s]/)}`;
  if (/No magic bytes found|too small to be a Parquet/i.test(message)) return 'it is cut off, or no Parquet file';
  const most = /Maximum line size of (\d+)/i.exec(message)?.[1];
  if (most !== undefined)
    return `the line is longer than ${Number(most) / 2 ** 20} MB, the most that a row of a table may have`;
  if (noCsv.test(message))
    return 'it cannot be cut into rows and values. Look for a lone quote, or save it as CSV anew';
  if (/Invalid unicode/i.test(message)) return 'the text is not UTF-8';
  if (/unterminated quote|Value with unterminated/i.test(message)) return 'a quote is opened and not closed';
  if (/Out of Memory Error/i.test(message)) return 'it needs more memory than there is for it';
  const rest = message.startsWith('CSV Error') ? message.split('\n').slice(2).join('\n') : message;
  return withoutEnd(firstLine.exec(rest)?.[1] ?? rest, /[.\s]/);
}

/** The fault as an error to show: `FILE:LINE: sentence`. What is no error of DuckDB's is returned as it is. */
export function explainDuckError(error: unknown, whose: string): Error {
  if (SlipwayError.is(error)) return error;
  const fault = duckFault(error);
  if (fault.isInterrupt) return new SlipwayError('unavailable', 'This was cancelled.', { cause: error });
  const place = fault.file === undefined ? whose : basename(fault.file);
  const where = fault.line === undefined ? place : `${place}:${fault.line}`;
  const code = /Out of Memory/i.test(messageOf(error)) ? 'too-large' : 'invalid';
  return new SlipwayError(code, `${where}: ${fault.what}.`, { cause: error });
}
