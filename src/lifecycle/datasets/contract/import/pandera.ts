// Schemas of pandera as YAML: checks under `checks` (older versions) or flat on the column (newer ones).
import { ImportedContract, logicalTypeOf, type QualityEntry } from './imported-contract';

/** A schema as `to_yaml` writes it. */
interface PanderaSchema {
  schema_type: string;
  columns?: Record<string, PanderaColumn | null> | null;
  checks?: unknown;
  strict?: boolean | string;
  ordered?: boolean;
  unique?: string[] | string | null;
  name?: string | null;
}

type PanderaColumn = Record<string, unknown> & {
  dtype?: string | null;
  nullable?: boolean;
  unique?: boolean;
  required?: boolean;
  regex?: boolean;
  checks?: unknown;
};

/** Whether the value is a schema. */
export function isPanderaSchema(value: unknown): value is PanderaSchema {
  const schema = value as { schema_type?: unknown; columns?: unknown } | null;
  return typeof schema === 'object' && schema !== null && typeof schema.schema_type === 'string' && 'columns' in schema;
}

/** The schema as a contract. */
export function fromPandera(schema: PanderaSchema): ImportedContract {
  const contract = new ImportedContract(typeof schema.name === 'string' ? schema.name : 'table');
  const columns = Object.entries(schema.columns ?? {});
  for (const [name, column] of columns) carryColumn(contract, name, column ?? {});
  if (schema.strict === true || schema.ordered === true) carryColumnSet(contract, schema, columns);
  const unique = [schema.unique ?? []].flat();
  if (unique.length > 0) contract.own(null, 'uniqueTogether', { columns: unique });
  for (const [name] of checksOf(schema.checks)) contract.lose(`the check ${name} of the whole table`);
  return contract;
}

function carryColumnSet(
  contract: ImportedContract,
  { strict, ordered }: PanderaSchema,
  columns: readonly (readonly [string, PanderaColumn | null])[],
): void {
  const names = columns.flatMap(([name, column]) => (column?.regex === true ? [] : [name]));
  const isOpen = names.length < columns.length;
  if (isOpen && strict === true) contract.lose('strict: columns that match an expression are others here');
  if (names.length === 0) return;
  contract.own(null, 'columns', {
    names,
    ...(ordered === true && { inOrder: true }),
    ...((isOpen || strict !== true) && { others: true }),
  });
}

function carryColumn(contract: ImportedContract, name: string, column: PanderaColumn): void {
  if (column.regex === true) {
    contract.lose(`the columns that match ${name}: a column has one name here`);
    return;
  }
  const type = typeof column.dtype === 'string' ? logicalTypeOf(column.dtype) : undefined;
  if (typeof column.dtype === 'string' && type === undefined) contract.lose(`the type ${column.dtype} of ${name}`);
  if (column.required === false) contract.lose(`that ${name} may be missing: a column that is declared must be there`);
  else contract.column(name, type === undefined ? {} : { logicalType: type });
  // Newer versions leave out what is usual: no nulls.
  if (column.nullable !== true && column.required !== false) contract.own(name, 'notNull', {});
  if (column.unique === true) contract.own(name, 'unique', {});
  const flat = Object.entries(column).filter(([key]) => key in carriers);
  for (const [check, given] of [...checksOf(column.checks), ...flat]) carryCheck(contract, { name, check, given });
}

/** As a map by name, or as a list of maps. */
function checksOf(checks: unknown): [string, unknown][] {
  if (Array.isArray(checks)) {
    return checks.flatMap((each): [string, unknown][] => {
      const { options, ...rest } = (each ?? {}) as Record<string, unknown>;
      const name = (options as { check_name?: unknown } | undefined)?.check_name;
      if (typeof name === 'string')
        return [[name, 'value' in rest ? { value: rest.value, options } : { ...rest, options }]];
      return Object.entries(rest);
    });
  }
  return typeof checks === 'object' && checks !== null ? Object.entries(checks) : [];
}

function carryCheck(
  contract: ImportedContract,
  { name, check, given }: { name: string; check: string; given: unknown },
): void {
  const isMap = typeof given === 'object' && given !== null && !Array.isArray(given);
  const { options, ...all } = (isMap ? given : {}) as Record<string, unknown> & { options?: Record<string, unknown> };
  const rest = Object.fromEntries(Object.entries(all).filter(([key]) => !terms.includes(key)));
  const carry = carriers[check];
  if (carry === undefined) {
    contract.lose(`the check ${check} of ${name}: there is no such check here`);
    return;
  }
  const value = !isMap ? given : 'value' in rest ? rest.value : rest;
  const [own, made] = carry(value as never);
  const more: QualityEntry = (options?.raise_warning ?? all.raise_warning) === true ? { severity: 'warning' } : {};
  contract.own(name, own, made, more);
}

/** How a check is run, as against what it asks for. */
const terms = [
  'raise_warning',
  'ignore_na',
  'element_wise',
  'n_failure_cases',
  'check_name',
  'name',
  'title',
  'error',
  'description',
];

type Carried = [string, Record<string, unknown>];
/** Takes the value of the check, or the map of its values. */
type Carrier = (value: never) => Carried;

const valuesOf = (given: unknown, key: string): unknown[] =>
  Array.isArray(given) ? given : (((given as Record<string, unknown>)[key] as unknown[] | undefined) ?? []);
const one = (given: unknown, key: string): unknown =>
  typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[key] : given;
const quoted = (text: unknown): string => String(text).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** `str_matches` and `str_contains` take a text or `{pattern}`. */
const pattern = (given: unknown): string => String(one(given, 'pattern'));

const carriers: Readonly<Record<string, Carrier>> = {
  greater_than: (given: unknown) => ['range', { min: one(given, 'min_value'), strictMin: true }],
  greater_than_or_equal_to: (given: unknown) => ['range', { min: one(given, 'min_value') }],
  less_than: (given: unknown) => ['range', { max: one(given, 'max_value'), strictMax: true }],
  less_than_or_equal_to: (given: unknown) => ['range', { max: one(given, 'max_value') }],
  in_range: ({ min_value, max_value, include_min, include_max }: Record<string, unknown>) => [
    'range',
    {
      min: min_value,
      max: max_value,
      ...(include_min === false && { strictMin: true }),
      ...(include_max === false && { strictMax: true }),
    },
  ],
  equal_to: (given: unknown) => ['in', { values: [one(given, 'value')] }],
  not_equal_to: (given: unknown) => ['notIn', { values: [one(given, 'value')] }],
  isin: (given: unknown) => ['in', { values: valuesOf(given, 'allowed_values') }],
  notin: (given: unknown) => ['notIn', { values: valuesOf(given, 'forbidden_values') }],
  str_matches: (given: unknown) => [
    'matches',
    { pattern: pattern(given).startsWith('^') ? pattern(given) : `^(?:${pattern(given)})` },
  ],
  str_contains: (given: unknown) => ['matches', { pattern: pattern(given) }],
  str_startswith: (given: unknown) => ['matches', { pattern: `^${quoted(one(given, 'string'))}` }],
  str_endswith: (given: unknown) => ['matches', { pattern: `${quoted(one(given, 'string'))}$` }],
  str_length: (given: unknown) => {
    if (typeof given === 'number') return ['length', { min: given, max: given }];
    const { min_value, max_value, exact_value } = given as Record<string, unknown>;
    return ['length', { min: exact_value ?? min_value, max: exact_value ?? max_value }];
  },
  unique_values_eq: (given: unknown) => ['distinctValues', { equal: valuesOf(given, 'values') }],
};
