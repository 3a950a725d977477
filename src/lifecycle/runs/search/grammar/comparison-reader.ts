// Reads one comparison out of the tokens of a filter, or says what stands where something else was expected.
import type { Comparison, FilterValue } from './expression';
import type { Token } from './token';

/** A comparison, and where reading goes on. */
export interface ReadComparison {
  comparison: Comparison;
  next: number;
}

/** What was expected of the token at `at`, in words. */
export interface Mismatch {
  expected: string;
  at: number;
}

/** True when the token is this word, in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}

/** True when the token is this mark. */
export function isMark(token: Token | undefined, mark: string): boolean {
  return token?.kind === 'mark' && token.text === mark;
}

/** The position after the token at `at`, or after the parenthesis that closes it. */
export function afterGroup(tokens: readonly Token[], at: number): number {
  if (!isMark(tokens[at], '(')) return at + 1;
  let depth = 0;
  for (let i = at; i < tokens.length; i += 1) {
    if (isMark(tokens[i], '(')) depth += 1;
    if (isMark(tokens[i], ')')) depth -= 1;
    if (depth === 0) return i + 1;
  }
  return at + 1;
}

/** The text of the token at `at`, to its closing parenthesis if it opens one. */
export function writtenAt(text: string, tokens: readonly Token[], at: number): string {
  const last = tokens[afterGroup(tokens, at) - 1];
  return text.slice(tokens[at]?.start ?? text.length, last === undefined ? text.length : last.start + last.text.length);
}

/** The comparison that begins at `at`. */
export function readComparison(text: string, tokens: readonly Token[], at: number): ReadComparison | Mismatch {
  const [name, first, second, third] = tokens.slice(at, at + 4);
  if (name?.kind !== 'name')
    return { expected: "a comparison such as metrics.loss < 0.1 or params.model = 'tree'", at };
  const comparison = (operator: string, value: FilterValue | undefined, length: number): ReadComparison => ({
    comparison: { kind: 'comparison', identifier: name.text, operator, value, start: name.start },
    next: at + length,
  });
  if (isWord(first, 'IS')) {
    if (isWord(second, 'NULL')) return comparison('IS NULL', undefined, 3);
    if (isWord(second, 'NOT') && isWord(third, 'NULL')) return comparison('IS NOT NULL', undefined, 4);
    return { expected: 'NULL or NOT NULL after IS', at: at + 2 };
  }
  const negated = isWord(first, 'NOT') && isWord(second, 'IN');
  if (negated || isWord(first, 'IN')) {
    const begin = at + (negated ? 3 : 2);
    const list = readList(text, tokens, begin);
    if (list === undefined) return { expected: "a list such as ('a', 'b')", at: begin };
    return comparison(negated ? 'NOT IN' : 'IN', list.value, list.next - at);
  }
  if (first?.kind !== 'operator' && !/^i?like$|^rlike$/i.test(first?.text ?? '')) {
    return { expected: 'an operator such as =, !=, <, >, LIKE, IN or IS NULL', at: at + 1 };
  }
  const value = readValue(text, tokens, at + 2);
  if (value === undefined) return { expected: 'a number or a text in quotes', at: at + 2 };
  return comparison(first?.text.toUpperCase() ?? '', value.value, value.next - at);
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
  const end = afterGroup(tokens, at);
  if (!isMark(tokens[end - 1], ')')) return undefined;
  const inner = tokens.slice(at + 1, end - 1);
  const items = inner.flatMap((token, i) => (isMark(token, ',') ? [] : (readValue(written, inner, i)?.value ?? [])));
  return { value: { kind: 'list', items, written: writtenAt(written, tokens, at) }, next: end };
}
