// What a filter over runs may ask, with the messages clients know.
import { SlipwayError } from '../../../base/errors';
import type { Condition, SimpleCondition } from './condition';
import type { Comparison, Expression } from './grammar/expression';
import { checkAttribute, splitIdentifier, wordFor } from './grammar/identifier';
import { parseFilter } from './grammar/parse-filter';
import {
  checkedOperator,
  isNumeric,
  keyedTextOperators,
  listedTextOperators,
  listValue,
  numberValue,
  numericOperators,
  textValue,
} from './grammar/value';

const times = new Set(['start_time', 'end_time', 'created', 'Created']);
const aliases: Readonly<Record<string, string>> = {
  created: 'start_time',
  Created: 'start_time',
  'run name': 'run_name',
  'Run name': 'run_name',
  'Run Name': 'run_name',
};
const texts = ['artifact_uri', 'run_id', 'run_name', 'status', 'user_id', 'run name', 'Run name', 'Run Name'];
const attributes = new Set([...texts, ...times]);
const datasetKeys = new Set(['name', 'digest', 'context']);

/** The attribute's own name behind its spellings. */
export function runAttribute(key: string): string {
  return aliases[key] ?? key;
}

/** The condition of a filter over runs. Throws `invalid` for anything it cannot mean. */
export function runCondition(text: string): Condition {
  return resolve(parseFilter(text));
}

function resolve(expression: Expression): Condition {
  if (expression.kind !== 'comparison') return { kind: expression.kind, of: expression.of.map(resolve) };
  try {
    return resolveComparison(expression);
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    const place = `The comparison begins at character ${expression.start + 1}.`;
    throw new SlipwayError(error.code, error.message, { details: { ...error.details, place }, cause: error });
  }
}

function resolveComparison(expression: Comparison): SimpleCondition {
  const { subject, key } = splitIdentifier(expression.identifier);
  if (subject === 'attribute') checkAttribute(key, attributes);
  const condition = { kind: 'condition', subject, key } as const;
  const { operator, value } = expression;
  if (value === undefined && subject !== 'param' && subject !== 'tag') {
    throw new SlipwayError(
      'invalid',
      `IS NULL / IS NOT NULL is only supported for tags and params, not for '${wordFor(subject)}' '${key}'`,
    );
  }
  switch (subject) {
    case 'metric': {
      const number = numberValue(value, 'Expected numeric value type for metric');
      return { ...condition, operator: checkedOperator(operator, numericOperators), value: number };
    }
    case 'attribute':
      return attributeCondition(key, expression);
    case 'dataset':
      return datasetCondition(key, expression);
    default: {
      if (subject === 'param' && value?.kind === 'number' && isNumeric(operator)) {
        return { ...condition, operator: checkedOperator(operator, numericOperators), value: Number(value.text) };
      }
      const refusal = `Expected a quoted string value for ${wordFor(subject)} (e.g. 'my-value')`;
      const text = value === undefined ? null : textValue(value, refusal);
      return { ...condition, operator: checkedOperator(operator, keyedTextOperators), value: text };
    }
  }
}

function attributeCondition(key: string, { operator, value }: Comparison): SimpleCondition {
  const condition = { kind: 'condition', subject: 'attribute', key: runAttribute(key) } as const;
  if (times.has(key)) {
    const number = numberValue(value, `Expected numeric value type for numeric attribute: ${key}`);
    return { ...condition, operator: checkedOperator(operator, numericOperators), value: number };
  }
  if (value?.kind === 'list') {
    if (key !== 'run_id') {
      throw new SlipwayError(
        'invalid',
        "Only ['run_id'] attributes support comparison with a list of quoted string values.",
      );
    }
    return { ...condition, operator: checkedOperator(operator, ['IN', 'NOT IN']), value: listValue(value) };
  }
  const text = textValue(value, 'Expected a quoted string value for attributes');
  return { ...condition, operator: checkedOperator(operator, listedTextOperators), value: text };
}

function datasetCondition(key: string, { operator, value }: Comparison): SimpleCondition {
  const condition = { kind: 'condition', subject: 'dataset', key } as const;
  if (!datasetKeys.has(key)) {
    throw new SlipwayError(
      'invalid',
      `Invalid dataset key '${key}' specified. Valid keys are '{'name', 'digest', 'context'}'`,
    );
  }
  if (value?.kind === 'list') {
    return { ...condition, operator: checkedOperator(operator, ['IN', 'NOT IN']), value: listValue(value) };
  }
  const text = textValue(value, 'Expected a quoted string value for dataset attributes');
  return { ...condition, operator: checkedOperator(operator, listedTextOperators), value: text };
}
