// A value of an attribute as the OpenTelemetry protocol types it. Kept as it came, because JSON alone would make a whole
// number of the 1.0 that was logged.

/** At most one of these is there; none means null. Whole numbers beyond 2^53 and non-finite numbers are texts. */
export interface AnyValue {
  string_value?: string;
  bool_value?: boolean;
  int_value?: number | string;
  double_value?: number | string;
  /** Base64. */
  bytes_value?: string;
  array_value?: { values: AnyValue[] };
  kvlist_value?: { values: Attribute[] };
}

/** A named value. */
export interface Attribute {
  key: string;
  value: AnyValue;
}

/** The value as JSON has it. */
function plainValue(value: AnyValue): unknown {
  if (value.array_value !== undefined) return value.array_value.values.map(plainValue);
  if (value.kvlist_value !== undefined) return plainObject(value.kvlist_value.values);
  const scalar = value.string_value ?? value.bool_value ?? value.int_value ?? value.double_value ?? value.bytes_value;
  return scalar ?? null;
}

/** The attributes as one object. */
export function plainObject(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

/** The value of that name; undefined when it is not there. */
export function attributeOf(attributes: readonly Attribute[], key: string): unknown {
  const found = attributes.find((each) => each.key === key);
  return found === undefined ? undefined : plainValue(found.value);
}

/** What a JSON value would be logged as. */
export function typedValue(value: unknown): AnyValue {
  if (typeof value === 'string') return { string_value: value };
  if (typeof value === 'boolean') return { bool_value: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { int_value: value } : { double_value: value };
  if (Array.isArray(value)) return { array_value: { values: value.map(typedValue) } };
  if (typeof value !== 'object' || value === null) return {};
  return {
    kvlist_value: { values: Object.entries(value).map(([key, each]) => ({ key, value: typedValue(each) })) },
  };
}
