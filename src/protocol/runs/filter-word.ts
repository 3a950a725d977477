// The words of a filter's text, with their quotes taken off.

/** One word, as `value`, `"two values"`, `key:value` or `key:"a value"=another`. */
export interface FilterWord {
  /** What stands before the colon, in lower case; null without one. */
  key: string | null;
  value: string;
  /** Where in the value its first `=` stands, one outside of quotes before all others; -1 for none. */
  equals: number;
}

/** Splits at spaces outside of quotes. A quote begins a word, or stands after a colon or an equals sign; \ escapes. */
export function filterWordsOf(text: string): FilterWord[] {
  const words: FilterWord[] = [];
  const start = /\s*(?:([a-z]+):)?/iy;
  while (start.lastIndex < text.trimEnd().length) {
    const key = start.exec(text)?.[1]?.toLowerCase() ?? null;
    const { end, ...word } = readValue(text, start.lastIndex);
    words.push({ key, ...word });
    start.lastIndex = end;
  }
  return words;
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
