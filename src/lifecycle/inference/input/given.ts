// What a user's text says is to be given to a model, before it is known whether the model takes it.

/** A number of JSON that is written with a point or an exponent, kept where texts are asked for: it has many spellings. */
export class Decimal {
  readonly written: string;

  constructor(written: string) {
    this.written = written;
  }

  toString(): string {
    return this.written;
  }
}

/** A value as it was written: whole numbers beyond 2^53 are bigint. */
export type Scalar = string | number | bigint | boolean | null | Decimal;

/** Values in rows of any depth. */
export type Nested = Scalar | Nested[];

/** One input by its name; `shape` and `type` where the text says them. */
export interface NamedValues {
  values: Nested;
  shape: number[] | null;
  /** The element type in the text's own words. */
  type: string | null;
}

/** Columns with a name each, values by name, or values alone. */
export type Given =
  | { kind: 'columns'; names: string[]; rows: Scalar[][] }
  | { kind: 'named'; inputs: Map<string, NamedValues> }
  | { kind: 'values'; values: Nested };

/** How deep and how wide the rows are. Throws nothing: ragged rows have the shape of the first of each. */
export function nestedShape(values: Nested): number[] {
  const shape: number[] = [];
  for (let level: Nested | undefined = values; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}
