// Which keys may stand where in a contract, and what they mean: for messages, completion and hover.
import * as z from 'zod';
import { odcsFile } from '../odcs-file';
import { slipwayCheck } from '../slipway-check';
import type { YamlPath } from './yaml-places';

/** As much of a JSON Schema as is read here. */
interface JsonSchema {
  description?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema | boolean;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
}

/** A key that may stand somewhere. `values` are all it may be, where they can be listed. */
export interface SchemaKey {
  name: string;
  about: string;
  kind: 'text' | 'number' | 'boolean' | 'list' | 'map' | 'any';
  values: string[];
  isRequired: boolean;
}

let schema: JsonSchema | undefined;

/** The keys that may stand in the map at this path; none for a path that is no map. */
export function keysAt(path: YamlPath): SchemaKey[] {
  const found = schemaAt(path);
  return found.flatMap((each) =>
    Object.entries(each.properties ?? {}).map(([name, inner]) => ({
      name,
      about: inner.description ?? '',
      kind: kindOf(inner),
      values: valuesOf(inner),
      isRequired: each.required?.includes(name) ?? false,
    })),
  );
}

/** The key at the end of this path; undefined for one that nobody knows. */
export function keyAt(path: YamlPath): SchemaKey | undefined {
  const name = path.at(-1);
  return keysAt(path.slice(0, -1)).find((key) => key.name === name);
}

/** The keys of one of our own checks, for the map at `path` within `implementation`. */
export function checkKeysAt(path: YamlPath): string[] {
  return schemaAt(['schema', 0, 'quality', 0, 'implementation', ...path]).flatMap((each) =>
    Object.keys(each.properties ?? {}),
  );
}

function schemaAt(path: YamlPath): JsonSchema[] {
  schema ??= withOwnChecks();
  return path.reduce<JsonSchema[]>(
    (all, part) => all.flatMap((each) => (typeof part === 'number' ? itemOf(each, part) : partOf(each, part))),
    [schema],
  );
}

function partOf(of: JsonSchema, name: string): JsonSchema[] {
  return alternatives(of).flatMap(({ properties }) => {
    const inner = Object.hasOwn(properties ?? {}, name) ? properties?.[name] : undefined;
    return inner === undefined ? [] : alternatives(inner);
  });
}

function itemOf(of: JsonSchema, at: number): JsonSchema[] {
  return alternatives(of).flatMap(({ items, prefixItems }) => {
    const inner = prefixItems?.[at] ?? items;
    return typeof inner === 'object' ? alternatives(inner) : [];
  });
}

function alternatives(of: JsonSchema): JsonSchema[] {
  return of.anyOf?.flatMap(alternatives) ?? [of];
}

/** The standard says nothing of `implementation`; ours has a schema. */
function withOwnChecks(): JsonSchema {
  const file = z.toJSONSchema(odcsFile, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const own = z.toJSONSchema(slipwayCheck, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const table = file.properties?.schema?.items as JsonSchema;
  const column = table.properties?.properties?.items as JsonSchema;
  for (const each of [table, column]) {
    const item = each.properties?.quality?.items as JsonSchema;
    const implementation = item.properties?.implementation;
    if (implementation !== undefined) {
      item.properties = { ...item.properties, implementation: { ...own, ...aboutOf(implementation) } };
    }
  }
  return file;
}

function aboutOf({ description }: JsonSchema): JsonSchema {
  return description === undefined ? {} : { description };
}

function kindOf(of: JsonSchema): SchemaKey['kind'] {
  const types = new Set(
    alternatives(of).map(({ type, const: only, enum: some }) => type ?? typeof (only ?? some?.[0])),
  );
  if (types.size !== 1) return 'any';
  const kinds: Readonly<Record<string, SchemaKey['kind']>> = {
    string: 'text',
    number: 'number',
    integer: 'number',
    boolean: 'boolean',
    array: 'list',
    object: 'map',
  };
  return kinds[[...types][0] as string] ?? 'any';
}

function valuesOf(of: JsonSchema): string[] {
  const all = alternatives(of);
  if (all.length === 1 && all[0]?.type === 'boolean') return ['true', 'false'];
  return all.flatMap(({ const: only, enum: some }) => (only === undefined ? (some ?? []) : [only])).map(String);
}
