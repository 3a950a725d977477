// Reads the fields of one request as protobuf's JSON form allows them: snake_case or camelCase, numbers or their
// texts, unknown fields ignored. Written by hand: this is the hot path, and the messages are part of the contract.
import { SlipwayError } from '../../../base/errors';
import { pythonType, RequestText, valueText } from './value-text';

type Path = readonly (string | number)[];

const camelNames = new Map<string, string>();

function camelOf(name: string): string {
  let camel = camelNames.get(name);
  if (camel === undefined) {
    camel = name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
    camelNames.set(name, camel);
  }
  return camel;
}

function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

const largest = 2 ** 63;
const integerText = /^\s*[+-]?\d+\s*$/;
const doubleWords: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['+infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

function integerOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && integerText.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < largest ? number : undefined;
}

function doubleOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const word = doubleWords.get(value.trim().toLowerCase());
  if (word !== undefined) return word;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** Whole numbers in a text are exact up to 64 bits; undefined for a text that is none. */
function bigintOf(text: string): bigint | undefined {
  if (!integerText.test(text)) return undefined;
  const value = BigInt(text.trim().replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

const query = new RequestText('');

/** The fields of a request, or of an object inside one. Every reader throws `invalid` for a value of the wrong type. */
export class Fields {
  readonly #raw: Readonly<Record<string, unknown>>;
  readonly #source: RequestText;
  readonly #list: Path;
  readonly #index: number | undefined;

  /**
   * `source` is the JSON text of the whole request (none for a query), `path` the way from it to this object; or to the
   * list that it is the `index`th of, so that a thousand of them share one path.
   */
  constructor(raw: Readonly<Record<string, unknown>>, source: RequestText = query, path: Path = [], index?: number) {
    this.#raw = raw;
    this.#source = source;
    this.#list = path;
    this.#index = index;
  }

  get #path(): Path {
    return this.#index === undefined ? this.#list : [...this.#list, this.#index];
  }

  /** The value under either spelling of the name; undefined when absent or null. */
  value(name: string): unknown {
    const camel = camelOf(name);
    const value = this.#raw[name];
    if (camel === name) return value ?? undefined;
    const other = this.#raw[camel];
    if (value !== undefined && other !== undefined) {
      throw new SlipwayError('invalid', `Request specifies both '${name}' and '${camel}'; provide only one of them.`);
    }
    return value ?? other ?? undefined;
  }

  /** A text; undefined when absent. */
  optionalText(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.#wrong(name, value);
  }

  /** A text; empty when absent. */
  text(name: string): string {
    return this.optionalText(name) ?? '';
  }

  /** A text that must be there and not be empty. */
  requiredText(name: string): string {
    const value = this.value(name);
    if (typeof value === 'string' && value !== '') return value;
    throw value === undefined || value === '' ? this.missing(name) : this.#wrong(name, value);
  }

  /** The run a request is about: `run_id`, or `run_uuid` from old clients. */
  runId(): string {
    const value = this.value('run_id');
    return value === undefined || value === ''
      ? this.text('run_uuid') || this.requiredText('run_id')
      : this.requiredText('run_id');
  }

  /** An integer up to 2^53 as number or digits; undefined when absent. A larger one is refused, never rounded. */
  integer(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const number = integerOf(value);
    if (number === undefined) throw this.#wrong(name, value);
    if (!Number.isSafeInteger(number)) throw this.#tooLarge(name, value);
    return number;
  }

  /** Any 64-bit integer, exactly: a bigint only where a number would round it. Undefined when absent. */
  wideInteger(name: string): number | bigint | undefined {
    const value = this.value(name);
    const number = integerOf(value);
    if (number !== undefined && Number.isSafeInteger(number)) return number;
    if (value === undefined) return undefined;
    const text = typeof value === 'string' ? value : this.#source.at([...this.#path, name]);
    const exact = text === undefined ? undefined : bigintOf(text);
    if (exact !== undefined) return exact;
    // Written as 1e16: what the double stands for is what was meant.
    if (text !== undefined && number !== undefined) return BigInt(number);
    throw this.#wrong(name, value);
  }

  /** An integer that must be there. */
  requiredInteger(name: string): number {
    const number = this.integer(name);
    if (number === undefined) throw this.missing(name);
    return number;
  }

  /** A double as number or text that must be there; `NaN`, `Infinity` and `-Infinity` are texts. */
  requiredDouble(name: string): number {
    const value = this.value(name);
    if (value === undefined || value === '') throw this.missing(name);
    const number = doubleOf(value);
    if (number === undefined) throw this.#wrong(name, value);
    return number;
  }

  /** True or false, also as text; `absent` when it is not there. */
  flag(name: string, absent: boolean): boolean {
    const value = this.value(name);
    if (value === undefined) return absent;
    if (typeof value === 'boolean') return value;
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    if (text !== 'true' && text !== 'false') throw this.#wrong(name, value);
    return text === 'true';
  }

  /** One of `names`, by name or by its place in the list; undefined when absent or an unknown name. Throws `invalid` for other places. */
  choice<T extends string>(name: string, names: readonly T[]): T | undefined {
    const value = this.value(name);
    const index = integerOf(value);
    if (index === undefined) return names.find((each) => each === value);
    if (names[index] === undefined) throw this.#wrong(name, value);
    return names[index];
  }

  /** A list; empty when absent. In a query a single value is a list of one. */
  list(name: string): readonly unknown[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    if (this.#source === query && this.#path.length === 0) return [value];
    throw this.#wrong(name, value);
  }

  /** A list of texts. */
  texts(name: string): string[] {
    const list = this.list(name);
    if (list.every((item) => typeof item === 'string')) return [...list];
    throw this.#wrong(name, list);
  }

  /** A list of objects. */
  items(name: string): Fields[] {
    const list = this.list(name);
    const path = [...this.#path, name];
    return list.map((item, index) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) throw this.#wrong(name, list);
      return new Fields(item as Record<string, unknown>, this.#source, path, index);
    });
  }

  /** An object; undefined when absent. */
  object(name: string): Fields | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.#wrong(name, value);
    return new Fields(value as Record<string, unknown>, this.#source, [...this.#path, name]);
  }

  /** A list of `{key, value}` objects. */
  keyValues(name: string): { key: string; value: string }[] {
    return this.items(name).map((item) => ({ key: item.requiredText('key'), value: item.text('value') }));
  }

  /** The refusal of a request that lacks a field. */
  missing(name: string): SlipwayError {
    const place = pathText([...this.#path, name]);
    return new SlipwayError(
      'invalid',
      `Missing value for required parameter '${place}'. See the API docs for more information about request parameters.`,
    );
  }

  #tooLarge(name: string, value: unknown): SlipwayError {
    const path = [...this.#path, name];
    return new SlipwayError(
      'invalid',
      `Invalid value ${valueText(value, this.#source, path)} for parameter '${pathText(path)}' supplied: Slipway keeps whole numbers here up to ${Number.MAX_SAFE_INTEGER}.`,
    );
  }

  #wrong(name: string, value: unknown): SlipwayError {
    const path = [...this.#path, name];
    const text = valueText(value, this.#source, path);
    const type = pythonType(value, text);
    return new SlipwayError(
      'invalid',
      `Invalid value ${text} for parameter '${pathText(path)}' supplied:  Hint: Value was of type '${type}'. See the API docs for more information about request parameters.`,
    );
  }
}
