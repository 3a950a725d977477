// What another tool's checks become, on the way to a contract.
import { yamlText } from '../draft/yaml-text';

/** An item of `quality`, as it will be written. */
export type QualityEntry = Record<string, unknown>;

/** Checks on their way, and what could not be carried over, a sentence each. */
export class ImportedContract {
  readonly lost: string[] = [];
  readonly #name: string;
  readonly #table: QualityEntry[] = [];
  readonly #columns = new Map<string, { keys: Record<string, unknown>; items: QualityEntry[] }>();

  constructor(name: string) {
    this.#name = name;
  }

  /** How many checks came. */
  get size(): number {
    return this.#table.length + [...this.#columns.values()].reduce((sum, { items }) => sum + items.length, 0);
  }

  /** A column, with keys of its property. */
  column(name: string, keys: Record<string, unknown> = {}): void {
    const known = this.#columns.get(name) ?? { keys: {}, items: [] };
    Object.assign(known.keys, keys);
    this.#columns.set(name, known);
  }

  /** A check of a column; with null of the table. */
  add(column: string | null, item: QualityEntry): void {
    if (column === null) this.#table.push(item);
    else {
      this.column(column);
      this.#columns.get(column)?.items.push(item);
    }
  }

  /** One of our own checks. */
  own(column: string | null, name: string, check: Record<string, unknown>, more: QualityEntry = {}): void {
    const given = Object.fromEntries(
      Object.entries(check).filter(([, value]) => value !== undefined && value !== null),
    );
    this.add(column, { type: 'custom', engine: 'slipway', implementation: { [name]: given }, ...more });
  }

  /** What cannot be said in a contract. */
  lose(what: string): void {
    this.lost.push(what);
  }

  /** The contract's text. `from` says what it was made from. */
  text(from: string): string {
    const list = (indent: string, items: readonly QualityEntry[]): string[] =>
      items.length === 0 ? [] : [`${indent}quality:`, ...items.map((item) => `${indent}  - ${yamlText(item)}`)];
    const columns = [...this.#columns].flatMap(([name, { keys, items }]) => [
      `      - name: ${yamlText(name)}`,
      ...Object.entries(keys).map(([key, value]) => `        ${key}: ${yamlText(value)}`),
      ...list('        ', items),
    ]);
    return [
      `# Made from ${from}.`,
      ...this.lost.map((each) => `# Not carried over: ${each.replaceAll(/\s+/g, ' ')}`),
      'apiVersion: v3.1.0',
      'kind: DataContract',
      `id: ${yamlText(this.#name)}`,
      'version: 1.0.0',
      'status: active',
      'schema:',
      `  - name: ${yamlText(this.#name)}`,
      ...list('    ', this.#table),
      ...(columns.length === 0 ? [] : ['    properties:', ...columns]),
      '',
    ].join('\n');
  }
}

const typeWords: readonly (readonly [RegExp, string])[] = [
  [/^(u?int(eger)?(\d+)?(_?type)?|(tiny|small|big|huge)int|long|year)$/, 'integer'],
  [/^(float|double|number|numeric|decimal|real)(\d+|\(.*\)|_?type)?( precision)?$/, 'number'],
  [/^(str|string|object|text|varchar|char|category|unicode|uuid|email)(\[.*\]|\(.*\)|_?type)?$/, 'string'],
  [/^(bool|boolean|bool_)(ean)?(_?type)?$/, 'boolean'],
  [/^(datetime|timestamp)(64)?(\[.*\]|_?type|_?ntz|\(.*\))?( with time zone)?$/, 'timestamp'],
  [/^date(32)?(_?type)?$/, 'date'],
  [/^time(_?type)?$/, 'time'],
];

/** A type by the name that another tool has for it; undefined for one that has no like here. */
export function logicalTypeOf(name: string): string | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^(dtype|np|numpy|pd|pandas|sa)\./, '');
  return typeWords.find(([pattern]) => pattern.test(plain))?.[1];
}
