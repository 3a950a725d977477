// Lists and dictionaries as exporters write them into metadata: JSON, or what Python prints.

/** A list's texts, or a dictionary's in the order of its whole-number keys; null for what is neither. */
export function namesOfLiteral(text: string): string[] | null {
  const scanner = new LiteralScanner(text.trim());
  const names = scanner.names();
  return names !== null && names.length > 0 ? names : null;
}

const tokens = /\s*(?:([[\]{}(),:])|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s[\]{}(),:'"]+))/gy;

interface Token {
  mark: string | null;
  text: string;
}

class LiteralScanner {
  readonly #tokens: Token[] | null;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  names(): string[] | null {
    const all = this.#tokens;
    const [open, close] = [all?.[0]?.mark, all?.at(-1)?.mark];
    const inner = all?.slice(1, -1) ?? [];
    if (open === '{' && close === '}') return ofDictionary(inner);
    if ((open === '[' && close === ']') || (open === '(' && close === ')')) return ofList(inner);
    return null;
  }
}

function tokensOf(text: string): Token[] | null {
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [, mark, single, double, bare] = match;
    const quoted = single ?? double;
    found.push({ mark: mark ?? null, text: quoted === undefined ? (bare ?? '') : unescaped(quoted) });
    end = match.index + match[0].length;
  }
  return text.slice(end).trim() === '' ? found : null;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { n: '\n', t: '\t' }[code] ?? code;
  });
}

function ofList(inner: readonly Token[]): string[] | null {
  const names: string[] = [];
  for (const [index, { mark, text }] of inner.entries()) {
    const isName = index % 2 === 0;
    if (isName ? mark !== null : mark !== ',') return null;
    if (isName) names.push(text);
  }
  return names;
}

function ofDictionary(inner: readonly Token[]): string[] | null {
  const names: string[] = [];
  for (let index = 0; index < inner.length; index += 4) {
    const [key, colon, value, comma] = inner.slice(index, index + 4);
    const isEntry = key?.mark === null && colon?.mark === ':' && value?.mark === null;
    if (!isEntry || (comma !== undefined && comma.mark !== ',')) return null;
    // Either way round: {0: 'cat'} and {"cat": 0}.
    const [place, name] = isPlace(key.text) ? [Number(key.text), value.text] : [Number(value.text), key.text];
    if (!Number.isInteger(place) || place < 0 || place > 1_000_000) return null;
    names[place] = name;
  }
  // A class that is left out has its number for a name.
  return Array.from(names, (name, place) => name ?? String(place));
}

function isPlace(text: string): boolean {
  return /^\d{1,7}$/.test(text);
}
