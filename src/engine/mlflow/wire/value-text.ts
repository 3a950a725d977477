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

/** The JSON text a request came in, read a second time, number by number as written, when that is needed. */
export class RequestText {
  readonly text: string;
  #parsed: unknown;

  constructor(text: string) {
    this.text = text;
  }

  /** How the value at the end of `path` was written; undefined when there is none or the text is no plain JSON. */
  at(path: readonly (string | number)[]): string | undefined {
    try {
      this.#parsed ??= parsedTwice(this.text);
      let found = this.#parsed;
      for (const key of path) found = (found as Record<string | number, unknown>)[key];
      return found === undefined ? undefined : write(found);
    } catch {
      return undefined;
    }
  }
}

/** Very old clients send JSON inside a JSON string. */
function parsedTwice(text: string): unknown {
  const parsed = withNumberTexts(text);
  return typeof parsed === 'string' ? withNumberTexts(parsed) : parsed;
}

/** The value as text: as it was written at `path` of the request where that is known. */
export function valueText(value: unknown, source: RequestText, path: readonly (string | number)[]): string {
  return source.at(path) ?? write(value);
}

/** The name Python has for the type of a JSON value; `text` is how the value was written. */
export function pythonType(value: unknown, text: string): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return /[.eE]/.test(text) ? 'float' : 'int';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'str' : 'dict';
}
