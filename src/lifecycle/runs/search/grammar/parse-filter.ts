// Filter text to expression tree. Today's grammar is comparisons joined by AND; everything else is named and refused.
import { SlipwayError } from '../../../../base/errors';
import type { Comparison, Expression, FilterValue } from './expression';
import { type Token, tokenize } from './token';

/**
 * The expression of a filter; an empty text is always true. Throws `invalid` naming the clauses it cannot read.
 */
export function parseFilter(text: string): Expression {
  const tokens = tokenize(text);
  const of: Expression[] = [];
  const invalid: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (isWord(tokens[at], 'AND')) {
      at += 1;
      continue;
    }
    const read = readComparison(text, tokens, at);
    if (read !== undefined) of.push(read.comparison);
    else invalid.push(writtenAt(text, tokens, at));
    at = read?.next ?? closing(tokens, at);
  }
  if (invalid.length > 0) {
    const list = invalid.map((clause) => `'${clause}'`).join(', ');
    throw new SlipwayError('invalid', `Invalid clause(s) in filter string: ${list}`, { details: { clauses: invalid } });
  }
  return { kind: 'and', of };
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}

function isMark(token: Token | undefined, mark: string): boolean {
  return token?.kind === 'mark' && token.text === mark;
}

/** The position after the token at `at`, or after its closing parenthesis. */
function closing(tokens: readonly Token[], at: number): number {
  if (!isMark(tokens[at], '(')) return at + 1;
  let depth = 0;
  for (let i = at; i < tokens.length; i += 1) {
    if (isMark(tokens[i], '(')) depth += 1;
    if (isMark(tokens[i], ')')) depth -= 1;
    if (depth === 0) return i + 1;
  }
  return tokens.length;
}

/** The text of the token at `at`, to its closing parenthesis if it opens one. */
function writtenAt(text: string, tokens: readonly Token[], at: number): string {
  const last = tokens[closing(tokens, at) - 1];
  return text.slice(tokens[at]?.start ?? 0, last === undefined ? text.length : last.start + last.text.length);
}

interface Read {
  comparison: Comparison;
  next: number;
}

function readComparison(text: string, tokens: readonly Token[], at: number): Read | undefined {
  const [name, first, second, third] = tokens.slice(at, at + 4);
  if (name?.kind !== 'name' || first === undefined) return undefined;
  const comparison = (operator: string, value: FilterValue | undefined, length: number): Read => ({
    comparison: { kind: 'comparison', identifier: name.text, operator, value },
    next: at + length,
  });
  if (isWord(first, 'IS') && isWord(second, 'NULL')) return comparison('IS NULL', undefined, 3);
  if (isWord(first, 'IS') && isWord(second, 'NOT') && isWord(third, 'NULL')) {
    return comparison('IS NOT NULL', undefined, 4);
  }
  const negated = isWord(first, 'NOT') && isWord(second, 'IN');
  if (negated || isWord(first, 'IN')) {
    const list = readList(text, tokens, at + (negated ? 3 : 2));
    return list && comparison(negated ? 'NOT IN' : 'IN', list.value, list.next - at);
  }
  if (first.kind !== 'operator' && !/^[ir]?like$/i.test(first.text)) return undefined;
  const value = readValue(text, tokens, at + 2);
  return value && comparison(first.text.toUpperCase(), value.value, value.next - at);
}

interface ReadValue {
  value: FilterValue;
  next: number;
}

function readValue(written: string, tokens: readonly Token[], at: number): ReadValue | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (isMark(token, '(')) return readList(written, tokens, at);
  const { kind, text } = token;
  if (kind === 'number') return { value: { kind, text, written: text }, next: at + 1 };
  if (kind === 'string') return { value: { kind, text: text.slice(1, -1), written: text }, next: at + 1 };
  if (kind !== 'name') return undefined;
  // Double quotes make a string too; anything else here is a bare word, refused where a string is asked for.
  const quoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  return {
    value: quoted ? { kind: 'string', text: text.slice(1, -1), written: text } : { kind, text, written: text },
    next: at + 1,
  };
}

function readList(written: string, tokens: readonly Token[], at: number): ReadValue | undefined {
  if (!isMark(tokens[at], '(')) return undefined;
  const end = closing(tokens, at);
  const inner = tokens.slice(at + 1, isMark(tokens[end - 1], ')') ? end - 1 : end);
  const items = inner.flatMap((token, i) => (isMark(token, ',') ? [] : (readValue(written, inner, i)?.value ?? [])));
  return { value: { kind: 'list', items, written: writtenAt(written, tokens, at) }, next: end };
}
