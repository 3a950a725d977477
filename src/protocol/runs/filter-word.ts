// The words of a filter's text, with their quotes taken off, and values with their quotes put on.

/** One word, as `value`, `"two values"`, `key:value` or `key:"a value"=another`. */
export interface FilterWord {
  /** What stands before the colon, in lower case; null without one. */
  key: string | null;
  value: string;
  /** Where in the value its first `=` stands, one outside of quotes before all others; -1 for none. */
  equals: number;
  /** Where in the text it begins, its key included, and where it ends. */
  start: number;
  end: number;
}

/** Splits at spaces outside of quotes. A quote begins a word, or stands after a colon or an equals sign; \ escapes. */
export function filterWordsOf(text: string): FilterWord[] {
  const words: FilterWord[] = [];
  const head = /\s*(?:([a-z]+):)?/iy;
  while (head.lastIndex < text.trimEnd().length) {
    const key = head.exec(text)?.[1]?.toLowerCase() ?? null;
    const start = head.lastIndex - (key === null ? 0 : key.length + 1);
    const word = readValue(text, head.lastIndex);
    words.push({ key, start, ...word });
    head.lastIndex = word.end;
  }
  return words;
}

/** The word that is being typed at the end of a text; undefined where a new one would begin. */
export function lastFilterWord(text: string): FilterWord | undefined {
  const last = filterWordsOf(text).at(-1);
  return last?.end === text.length ? last : undefined;
}

/** A value as it stands in a filter behind its key: in quotes where it would be taken apart. */
export function quotedFilterValue(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}

function readValue(text: string, from: number): { value: string; equals: number; end: number } {
  let [value, equals, at] = ['', -1, from];
  for (; at < text.length && /\S/.test(text[at] ?? ''); at++) {
    if (text[at] === '"' && (at === from || text[at - 1] === '=')) {
      const [whole, inside = ''] = /"((?:[^"\\]|\\.)*)"?/sy.exec(text.slice(at)) ?? [''];
      value += inside.replace(/\\(.)/gs, '$1');
      at += whole.length - 1;
      continue;
    }
    if (text[at] === '=' && equals === -1) equals = value.length;
    value += text[at];
  }
  return { value, equals: equals === -1 ? value.indexOf('=') : equals, end: at };
}
