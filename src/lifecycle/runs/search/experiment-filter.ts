// What a filter and an order over experiments may ask.
import { SlipwayError } from '../../../base/errors';
import { experimentIdOf } from '../experiments/experiment';
import type { Condition, ConditionOperator, SimpleCondition, SortKey } from './condition';
import type { Comparison, Expression } from './grammar/expression';
import { checkAttribute, splitIdentifier } from './grammar/identifier';
import { parseFilter } from './grammar/parse-filter';
import {
  checkedOperator,
  keyedTextOperators,
  listValue,
  numberValue,
  numericOperators,
  textValue,
} from './grammar/value';
import { splitOrderBy } from './order-by';

const attributes = new Set(['name', 'experiment_id', 'creation_time', 'last_update_time']);
const times = new Set(['creation_time', 'last_update_time']);

/** The condition of a filter over experiments. Throws `invalid` for anything it cannot mean. */
export function parseExperimentFilter(text: string): Condition {
  try {
    return resolve(parseFilter(text));
  } catch (error) {
    if (!SlipwayError.is(error) || !Array.isArray(error.details.clauses)) throw error;
    // Over experiments MLflow names the clauses without quotes.
    throw new SlipwayError('invalid', `Invalid clause(s) in filter string: ${error.details.clauses.join(', ')}`, {
      cause: error,
    });
  }
}

/** Sort keys over experiments; none given means newest first. Throws `invalid` for an unknown name. */
export function parseExperimentOrder(texts: readonly string[]): SortKey[] {
  const given = texts.length === 0 ? ['creation_time DESC', 'experiment_id ASC'] : texts;
  return given.map((text) => {
    const { identifier, ascending } = splitOrderBy(text);
    const { subject, key } = halves(identifier);
    if (subject !== 'attribute') throw new SlipwayError('invalid', `Invalid order_by entity: ${subject}`);
    return { subject, key, ascending };
  });
}

function halves(identifier: string): { subject: 'attribute' | 'tag'; key: string } {
  const dot = identifier.indexOf('.');
  const entity = identifier.slice(0, Math.max(dot, 0));
  if (dot >= 0 && !/^(?:attributes?|tags?)$/.test(entity)) {
    throw new SlipwayError(
      'invalid',
      `Invalid entity type '${entity}'. Valid entity types are ('attribute', 'attributes', 'tag', 'tags')`,
    );
  }
  const { subject, key } = splitIdentifier(identifier);
  if (subject === 'tag') return { subject, key };
  checkAttribute(key, attributes);
  return { subject: 'attribute', key };
}

function resolve(expression: Expression): Condition {
  if (expression.kind !== 'comparison') return { kind: expression.kind, of: expression.of.map(resolve) };
  const { subject, key } = halves(expression.identifier);
  const { operator, value } = expression;
  if (subject === 'attribute') return attributeCondition(key, expression);
  const text =
    value === undefined ? null : textValue(value, `Expected a quoted string value for tag (e.g. 'my-value')`);
  return { kind: 'condition', subject, key, operator: among(operator, keyedTextOperators, 'tag'), value: text };
}

function attributeCondition(key: string, { operator, value }: Comparison): SimpleCondition {
  const condition = { kind: 'condition', subject: 'attribute', key } as const;
  if (value === undefined) {
    throw new SlipwayError('invalid', `IS NULL / IS NOT NULL is only supported for tags, not for attribute '${key}'`);
  }
  if (times.has(key)) {
    const number = numberValue(value, `Expected numeric value type for numeric attribute: ${key}`);
    const checked = among(operator, numericOperators, 'numeric attribute');
    if (!Number.isInteger(number)) {
      throw new SlipwayError('invalid', `Invalid value for numeric attribute '${key}': '${number}'`);
    }
    return { ...condition, operator: checked, value: number };
  }
  if (value.kind === 'list' && key !== 'experiment_id') {
    throw new SlipwayError(
      'invalid',
      "Only ['experiment_id'] attributes support comparison with a list of quoted string values.",
    );
  }
  if (key === 'experiment_id') {
    const checked = among(operator, ['=', '!=', 'IN', 'NOT IN'], 'experiment_id');
    if (value.kind === 'list') return { ...condition, operator: checked, value: listValue(value).map(experimentIdOf) };
    return { ...condition, operator: checked, value: experimentIdOf(textValue(value, expected)) };
  }
  return {
    ...condition,
    operator: checkedOperator(operator, ['=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN']),
    value: textValue(value, expected),
  };
}

const expected = 'Expected a quoted string value for attributes';

function among(operator: string, valid: readonly ConditionOperator[], what: string): ConditionOperator {
  const found = valid.find((each) => each === operator);
  if (found === undefined) throw new SlipwayError('invalid', `Invalid comparator for ${what}: ${operator}`);
  return found;
}
