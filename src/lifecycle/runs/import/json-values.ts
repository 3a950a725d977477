// Values as Python's json module writes them, and nested ones as flat keys.

/** Texts, and the words for numbers that JSON has none for, which Python writes bare. */
const bare = /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\b(?:NaN|Infinity)\b/gs;
const words: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** Reads a JSON value in which `NaN` and infinities may stand bare; those come out as texts. Throws SyntaxError. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(text.replace(bare, (found) => (found.startsWith('"') ? found : `"${found}"`)));
  }
}

/** The number a value is, as a metric's: also true, false and the names of what is not finite; undefined for none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined;
}

/** The leaves of a value with their keys, joined by dots; empty objects and all lists are leaves. */
export function* flatLeaves(key: string, value: unknown, separator = '.'): Generator<[key: string, value: unknown]> {
  const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isNested ? Object.entries(value) : [];
  if (entries.length === 0) yield [key, value];
  for (const [name, below] of entries)
    yield* flatLeaves(key === '' ? name : `${key}${separator}${name}`, below, separator);
}

/** A value as the text of a param. */
export function paramText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
