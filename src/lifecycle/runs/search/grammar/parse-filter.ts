// Filter text to expression tree. Comparisons joined by AND are read as MLflow reads them, with its messages; a filter
// with OR, NOT or parentheses is ours alone and read strictly.
import { SlipwayError } from '../../../../base/errors';
import { afterGroup, isWord, readComparison, writtenAt } from './comparison-reader';
import type { Comparison, Expression } from './expression';
import { isNested, mismatchText, parseNested } from './nested-filter';
import { type Token, tokenize } from './token';

// SQLite takes a tree of 1000 levels and a LIKE pattern of 50,000 bytes.
const most = { comparisons: 500, characters: 1_000_000, pattern: 10_000 };

/**
 * The expression of a filter; an empty text is always true. Throws `invalid` for one that is too long, or naming the
 * clauses it cannot read: `details.clauses`, and in `details.place` a sentence about the first of them.
 */
export function parseFilter(text: string): Expression {
  if (text.length > most.characters) {
    throw new SlipwayError(
      'invalid',
      `The filter has ${text.length} characters; at most ${most.characters} are taken. Split the search.`,
    );
  }
  const tokens = tokenize(text);
  const expression = isNested(tokens) ? parseNested(text, tokens) : parsePlain(text, tokens);
  const comparisons = comparisonsOf(expression);
  for (const comparison of comparisons) checkPattern(comparison);
  const count = comparisons.length;
  if (count <= most.comparisons) return expression;
  throw new SlipwayError(
    'invalid',
    `The filter has ${count} comparisons; at most ${most.comparisons} are taken. Name several values at once with IN, or split the search.`,
  );
}

function comparisonsOf(expression: Expression): Comparison[] {
  return expression.kind === 'comparison' ? [expression] : expression.of.flatMap(comparisonsOf);
}

function checkPattern({ identifier, operator, value }: Comparison): void {
  if (!operator.endsWith('LIKE') || value === undefined || value.written.length <= most.pattern) return;
  throw new SlipwayError(
    'invalid',
    `The pattern that ${identifier} is compared with has more than ${most.pattern} characters. Shorten it.`,
  );
}

function parsePlain(text: string, tokens: readonly Token[]): Expression {
  const of: Comparison[] = [];
  const invalid: string[] = [];
  let place: string | undefined;
  for (let at = 0; at < tokens.length; ) {
    if (isWord(tokens[at], 'AND')) {
      at += 1;
      continue;
    }
    const read = readComparison(text, tokens, at);
    if ('comparison' in read) {
      of.push(read.comparison);
      at = read.next;
      continue;
    }
    invalid.push(writtenAt(text, tokens, at));
    // A word that follows a whole comparison was meant to join it to the next.
    const isJoiner = at > 0 && invalid.length === 1 && !isWord(tokens[at - 1], 'AND');
    place ??= mismatchText(text, tokens, isJoiner ? { expected: 'AND, OR or the end', at } : read);
    at = afterGroup(tokens, at);
  }
  if (invalid.length === 0) return { kind: 'and', of };
  const list = invalid.map((clause) => `'${clause}'`).join(', ');
  const details = { clauses: invalid, place };
  throw new SlipwayError('invalid', `Invalid clause(s) in filter string: ${list}`, { details });
}
