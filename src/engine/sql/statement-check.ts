// Judges a user's SQL by its first words. The connection is read-only anyway; this keeps out what a read-only connection
// still does: attach other files, change settings, hold a transaction.
import { SlipwayError } from '../../base/errors';

const gap = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))+/;
const reading = new Set(['SELECT', 'WITH', 'VALUES']);

/** Throws `forbidden` unless the statement begins as one that only reads: SELECT, WITH, VALUES, or EXPLAIN of these. */
export function checkReading(statement: string): void {
  let rest = withoutGap(statement);
  if (rest === '') throw new SlipwayError('invalid', 'There is no statement. Try `slipway sql "SELECT 1"`.');
  let word = firstWord(rest);
  if (word === 'EXPLAIN') {
    rest = withoutGap(rest.slice(word.length));
    word = firstWord(rest);
    // EXPLAIN runs nothing, but some PRAGMAs act while they are compiled.
    if (word === 'QUERY') {
      rest = withoutGap(rest.slice(word.length));
      if (firstWord(rest) === 'PLAN') word = firstWord(withoutGap(rest.slice('PLAN'.length)));
    }
  }
  if (reading.has(word)) return;
  throw new SlipwayError(
    'forbidden',
    `\`slipway sql\` only reads: a statement begins with SELECT, WITH, VALUES or EXPLAIN, not with ${word || rest.slice(0, 10)}.`,
  );
}

function withoutGap(text: string): string {
  return text.replace(gap, '');
}

function firstWord(text: string): string {
  return /^[a-z_]+/i.exec(text)?.[0].toUpperCase() ?? '';
}
