// What may be written where in slipway.yaml, from the schema that reads it.
import * as z from 'zod';
import { scheduleExamples } from '../datasets/schedule/schedule';
import { configFile } from './config';

/** As much of a JSON Schema as is read here. */
interface JsonSchema {
  description?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** A key, or a value of one; `insert` is what is typed for it, with the cursor at `$0`. */
export interface ConfigWord {
  kind: 'key' | 'value';
  word: string;
  about: string;
  insert: string;
}

type Path = readonly (string | number)[];

let schema: JsonSchema | undefined;

/**
 * The words for a place: keys of the map at `path`, or values of the key at its end. `rule`: the kind of the rule that the
 * place is in, whose keys and values alone are told; all rules' where it is not known.
 */
export function configWords(path: Path, at: 'key' | 'value', rule?: string): ConfigWord[] {
  if (at === 'value' && path.at(-1) === 'schedule') {
    return scheduleExamples.map((word) => ({ kind: 'value', word, about: '', insert: word }));
  }
  const found = schemaAt(path, rule);
  if (at === 'value') {
    const values = [...new Set(found.flatMap(valuesOf))];
    return values.map((value) => ({ kind: 'value', word: String(value), about: '', insert: String(value) }));
  }
  const keys = new Map(ofKind(found, '', rule).flatMap((each) => Object.entries(each.properties ?? {})));
  return [...keys].map(([word, inner]) => ({
    kind: 'key',
    word,
    about: inner.description ?? '',
    insert: isMap(inner) ? `${word}: { $0 }` : `${word}: $0`,
  }));
}

function valuesOf({ enum: several, const: only, type }: JsonSchema): unknown[] {
  return several ?? (only !== undefined ? [only] : type === 'boolean' ? [true, false] : []);
}

/** What the key at the end of a path means; '' for one that says nothing. */
export function aboutConfigKey(path: Path, rule?: string): string {
  return configWords(path.slice(0, -1), 'key', rule).find(({ word }) => word === path.at(-1))?.about ?? '';
}

function schemaAt(path: Path, rule: string | undefined): JsonSchema[] {
  schema ??= z.toJSONSchema(configFile, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return path.reduce<JsonSchema[]>(
    (all, part) => ofKind(all, part, rule).flatMap((each) => innerOf(each, part)),
    alternatives(schema),
  );
}

/** Of several kinds of one thing the one that is meant; its kind itself may still be any. */
function ofKind(all: JsonSchema[], part: string | number, rule: string | undefined): JsonSchema[] {
  if (part === 'kind') return all;
  const meant = all.filter(({ properties }) => properties?.kind?.const === rule);
  return rule !== undefined && meant.length > 0 ? meant : all;
}

function innerOf({ properties, additionalProperties, items }: JsonSchema, part: string | number): JsonSchema[] {
  const inner =
    typeof part === 'number'
      ? items
      : Object.hasOwn(properties ?? {}, part)
        ? properties?.[part]
        : additionalProperties;
  return typeof inner === 'object' ? alternatives(inner) : [];
}

function alternatives(of: JsonSchema): JsonSchema[] {
  return (of.anyOf ?? of.oneOf)?.flatMap(alternatives) ?? [of];
}

function isMap(of: JsonSchema): boolean {
  return alternatives(of).every(({ type }) => type === 'object');
}
