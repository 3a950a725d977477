// What filters over models and versions may ask, with the messages clients know.
import { SlipwayError } from '../../../base/errors';
import type { FilterComparison, FilterExpression, FilterValue } from '../../../workspace/search-grammar';
import {
  listOperators,
  numberOperators,
  type RegistryComparison,
  type RegistryCondition,
  textOperators,
} from './registry-condition';

type AttributeKind = 'text' | 'listed text' | 'number';

/** What can be asked of one kind of record: its attributes, and whether each is a number or may be one of a list. */
export interface FilterSubject {
  record: 'registered model' | 'model version';
  attributes: Readonly<Record<string, AttributeKind>>;
}

export const modelSubject: FilterSubject = { record: 'registered model', attributes: { name: 'listed text' } };
export const versionSubject: FilterSubject = {
  record: 'model version',
  attributes: { name: 'listed text', run_id: 'listed text', source_path: 'text', version_number: 'number' },
};

/** The condition of a filter. Throws `invalid` for anything it cannot mean. */
export function registryCondition(expression: FilterExpression, subject: FilterSubject): RegistryCondition {
  if (expression.kind !== 'comparison') {
    return { kind: expression.kind, of: expression.of.map((each) => registryCondition(each, subject)) };
  }
  const { operator, value } = expression;
  if (value === undefined) throw invalid(`IS NULL / IS NOT NULL is not supported for ${subject.record} search.`);
  const { isTag, key } = halves(expression.identifier, subject);
  if (!isTag) return attributeComparison(key, { ...expression, value }, subject);
  const refusal = `Expected a quoted string value for tag (e.g. 'my-value'). Got value ${value.written}`;
  const text = textOf(value, refusal);
  return { kind: 'condition', subject: 'tag', key, operator: among(textOperators, operator, 'tag'), value: text };
}

function attributeComparison(
  key: string,
  { operator, value }: FilterComparison & { value: FilterValue },
  { attributes }: FilterSubject,
): RegistryComparison {
  const comparison = { kind: 'condition', subject: 'attribute', key } as const;
  if (value.kind === 'list') {
    if (attributes[key] !== 'listed text') {
      const listed = quoted(keysOf('listed text', attributes));
      throw invalid(`Only [${listed}] attributes support comparison with a list of quoted string values.`);
    }
    return { ...comparison, operator: among(listOperators, operator, 'attribute'), value: listOf(value) };
  }
  if (attributes[key] === 'number') {
    const checked = among(numberOperators, operator, `attribute ${key}`);
    if (/^\s*[+-]?\d+\s*$/.test(value.text)) return { ...comparison, operator: checked, value: Number(value.text) };
    throw invalid(`Invalid value for numeric attribute '${key}': ${value.written}`);
  }
  const numbers = keysOf('number', attributes);
  if (value.kind === 'number' && numbers.length > 0) {
    throw invalid(`Only the '{${quoted(numbers)}}' attributes support comparison with numeric values.`);
  }
  const refusal = `Expected a quoted string value or a list of quoted string values for attributes. Got value ${value.written}`;
  const text = textOf(value, refusal);
  return { ...comparison, operator: among(textOperators, operator, 'attribute'), value: text };
}

function keysOf(kind: AttributeKind, attributes: FilterSubject['attributes']): string[] {
  return Object.keys(attributes).filter((key) => attributes[key] === kind);
}

function halves(identifier: string, { attributes }: FilterSubject): { isTag: boolean; key: string } {
  const dot = identifier.indexOf('.');
  const entity = dot < 0 ? 'attribute' : identifier.slice(0, dot);
  if (!/^(?:attribute|tags?)$/.test(entity)) {
    throw invalid(`Invalid entity type '${entity}'. Valid entity types are ('attribute', 'tag', 'tags')`);
  }
  const key = unquoted(identifier.slice(dot + 1));
  const isTag = entity !== 'attribute';
  if (!isTag && !Object.hasOwn(attributes, key)) {
    throw invalid(`Invalid attribute key '${key}' specified. Valid keys are '{${quoted(Object.keys(attributes))}}'`);
  }
  return { isTag, key };
}

/** The text without the quotes or backticks around it. */
export function unquoted(text: string): string {
  const [quote = ''] = text;
  return text.length > 1 && '`"\''.includes(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** The words as Python lists them, without brackets. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}

function textOf(value: FilterValue, refusal: string): string {
  if (value.kind === 'string') return value.text;
  if (value.kind !== 'name') throw invalid(refusal);
  throw invalid(
    `Parameter value is either not quoted or unidentified quote types used for string value ${value.written}. Use either single or double quotes.`,
  );
}

function listOf({ items, written }: FilterValue & { kind: 'list' }): string[] {
  if (items.length === 0) {
    throw invalid('While parsing a list in the query, expected a non-empty list of string values, but got empty list');
  }
  return items.map((item) => {
    if (item.kind === 'string') return item.text;
    throw invalid(
      `While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: ${written}`,
    );
  });
}

function among<T extends string>(valid: readonly T[], operator: string, what: string): T {
  const found = valid.find((each) => each === operator);
  if (found === undefined) throw invalid(`Invalid comparator for ${what}: ${operator}`);
  return found;
}

function invalid(message: string): SlipwayError {
  return new SlipwayError('invalid', message);
}
