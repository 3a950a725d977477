// Table schemas of Frictionless: a schema alone, or in a resource or the first resource of a package.
import { ImportedContract } from './imported-contract';

interface FrictionlessField {
  name: string;
  type?: string;
  format?: string;
  description?: string;
  constraints?: Record<string, unknown>;
  /** How numbers and booleans are written. */
  decimalChar?: string;
  groupChar?: string;
  bareNumber?: boolean;
  trueValues?: string[];
  falseValues?: string[];
}

interface FrictionlessSchema {
  fields: FrictionlessField[];
  primaryKey?: string | string[];
  foreignKeys?: { fields: string | string[]; reference: { resource?: string; fields: string | string[] } }[];
  missingValues?: unknown[];
}

/** A schema, and the name of the resource that it is of. */
export interface FrictionlessTable {
  name: string;
  schema: FrictionlessSchema;
}

/** The schema in the value; undefined where there is none. */
export function frictionlessTable(value: unknown): FrictionlessTable | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as { fields?: unknown; schema?: unknown; name?: unknown; resources?: unknown[] };
  if (
    Array.isArray(given.fields) &&
    given.fields.every((field) => typeof (field as { name?: unknown })?.name === 'string')
  ) {
    return { name: 'table', schema: given as unknown as FrictionlessSchema };
  }
  const inner = given.schema === undefined ? given.resources?.[0] : given.schema;
  const found = inner === undefined ? undefined : frictionlessTable(inner);
  return found === undefined
    ? undefined
    : { ...found, name: typeof given.name === 'string' && given.schema !== undefined ? given.name : found.name };
}

const types: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  time: 'time',
  object: 'object',
  array: 'array',
  year: 'integer',
};
const textFormats = ['email', 'uuid', 'uri', 'binary'];

/** The schema as a contract. */
export function fromFrictionless({ name, schema }: FrictionlessTable): ImportedContract {
  const contract = new ImportedContract(name);
  const keys = [schema.primaryKey ?? []].flat();
  for (const field of schema.fields) {
    carryField(contract, field);
    const at = keys.indexOf(field.name);
    if (at >= 0)
      contract.column(field.name, { primaryKey: true, ...(keys.length > 1 && { primaryKeyPosition: at + 1 }) });
  }
  const missing = (schema.missingValues ?? []).filter((value) => value !== '');
  if (missing.length > 0)
    contract.lose(`missingValues ${missing.map(String).join(', ')}: they are told per column here`);
  for (const { fields, reference } of schema.foreignKeys ?? []) {
    const [from, to] = [[fields].flat(), [reference.fields].flat()];
    const [column, second] = from;
    if (column === undefined || second !== undefined)
      contract.lose(`the foreign key of ${from.join(', ')}: it has several columns`);
    else if (!reference.resource) contract.lose(`the foreign key of ${column} into its own table`);
    else contract.own(column, 'foreignKey', { dataset: reference.resource, column: to[0] });
  }
  return contract;
}

/** What makes a text of its values wherever a table is read without the schema. */
function writtenOf({
  decimalChar = '.',
  groupChar,
  bareNumber = true,
  trueValues,
  falseValues,
}: Partial<FrictionlessField>): Partial<FrictionlessField> {
  return {
    ...(decimalChar !== '.' && { decimalChar }),
    ...(groupChar !== undefined && { groupChar }),
    ...(!bareNumber && { bareNumber }),
    ...(trueValues !== undefined && { trueValues }),
    ...(falseValues !== undefined && { falseValues }),
  };
}

function carryField(
  contract: ImportedContract,
  { name, type, format, description, constraints = {}, ...written }: FrictionlessField,
): void {
  const writing = Object.keys(writtenOf(written));
  const logicalType = writing.length > 0 ? undefined : types[type ?? 'string'];
  if (writing.length > 0)
    contract.lose(`the type ${type} of ${name}, which is written by its own ${writing.join(', ')}: that is text here`);
  else if (logicalType === undefined && type !== 'any') contract.lose(`the type ${type} of ${name}`);
  const isText = logicalType === 'string';
  const hasFormat = isText && format !== undefined && textFormats.includes(format);
  contract.column(name, {
    ...(logicalType !== undefined && { logicalType }),
    ...(hasFormat && { logicalTypeOptions: { format } }),
    ...(description !== undefined && { description }),
    ...(constraints.required === true && { required: true }),
    ...(constraints.unique === true && { unique: true }),
  });
  if (!hasFormat && format?.startsWith('%')) contract.own(name, 'format', { strptime: format });
  else if (!hasFormat && format !== undefined && format !== 'default' && format !== 'any')
    contract.lose(`the format ${format} of ${name}`);
  carryConstraints(contract, name, constraints);
}

function carryConstraints(contract: ImportedContract, name: string, constraints: Record<string, unknown>): void {
  const { minimum, maximum, minLength, maxLength, pattern, enum: values } = constraints;
  if (minimum !== undefined || maximum !== undefined) contract.own(name, 'range', { min: minimum, max: maximum });
  if (minLength !== undefined || maxLength !== undefined)
    contract.own(name, 'length', { min: minLength, max: maxLength });
  // A pattern of XML Schema is that of the whole text.
  if (typeof pattern === 'string') contract.own(name, 'matches', { pattern: `^(?:${pattern})$` });
  if (Array.isArray(values)) contract.own(name, 'in', { values });
  const known = ['required', 'unique', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'enum'];
  for (const key of Object.keys(constraints).filter((each) => !known.includes(each)))
    contract.lose(`the constraint ${key} of ${name}`);
}
