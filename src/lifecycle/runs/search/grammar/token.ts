// Cuts a filter or order-by text into tokens. Knows words and quotes, not what may follow what.

/** `word`: a bare AND, OR, NOT, IN, IS, NULL, LIKE, ILIKE or BETWEEN. `other`: a character that starts nothing. */
export type TokenKind = 'name' | 'word' | 'string' | 'number' | 'operator' | 'mark' | 'other';

/** One token; `text` is as written, quotes included, and begins at `start`. */
export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
}

const quotedName = '`[^`]*`|"(?:""|\\\\"|[^"])*"';
const name = `(?:${quotedName}|[\\p{L}_][\\p{L}\\p{N}_$@#]*)(?:\\.(?:${quotedName}|'[^']*'|[\\p{L}\\p{N}_$@#/:-]+))*`;
const patterns: readonly [TokenKind | 'space', RegExp][] = [
  ['space', /\s+/uy],
  ['string', /'(?:''|\\'|[^'])*'/uy],
  ['number', /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_`"])/uy],
  ['operator', /[<>=~!]+/uy],
  ['mark', /[(),;]/uy],
  ['name', new RegExp(name, 'uy')],
  // Digits at once: each that is left would be tried as a number anew.
  ['other', /\p{N}+|./suy],
];
const words = /^(?:and|or|not|in|is|null|like|ilike|rlike|between)$/i;

/** The tokens of `text`, without white space. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = next(text, at);
    if (token.kind !== 'space') tokens.push({ kind: token.kind, text: token.text, start: at });
    at += token.text.length;
  }
  return tokens;
}

function next(text: string, at: number): { kind: TokenKind | 'space'; text: string } {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind: kind === 'name' && words.test(found) ? 'word' : kind, text: found };
  }
  return { kind: 'other', text: text.charAt(at) };
}
