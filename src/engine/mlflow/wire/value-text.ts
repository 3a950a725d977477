// How a refused value is shown: as Python's JSON writes it, so that 9.0 stays 9.0 and tests of clients recognise it.

class NumberText {
  constructor(readonly text: string) {}
}

function withNumberTexts(source: string): unknown {
  const keep = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined ? new NumberText(context.source) : value;
  return JSON.parse(source, keep);
}

function write(value: unknown): string {
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${write(key)}:${write(each)}`).join(',')}}`;
  }
  const text = JSON.stringify(value) ?? 'null';
  return text.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The value as text. `source` is the JSON text the request came in and `path` the keys that lead to the value. */
export function valueText(value: unknown, source: string, path: readonly (string | number)[]): string {
  try {
    let found = withNumberTexts(source);
    if (typeof found === 'string') found = withNumberTexts(found);
    for (const key of path) found = (found as Record<string | number, unknown>)[key];
    return write(found === undefined ? value : found);
  } catch {
    return write(value);
  }
}

/** The name Python has for the type of a JSON value; `text` is how the value was written. */
export function pythonType(value: unknown, text: string): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return /[.eE]/.test(text) ? 'float' : 'int';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'str' : 'dict';
}
