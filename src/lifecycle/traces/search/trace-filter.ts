// What filters over traces may ask, with the messages clients know.
import { SlipwayError } from '../../../base/errors';
import type { FilterComparison, FilterExpression, FilterValue } from '../../../workspace/search-grammar';
import { traceKeys } from '../trace';
import {
  listOperators,
  numberOperators,
  presenceOperators,
  type TraceComparison,
  type TraceCondition,
  type TraceOperator,
  textOperators,
} from './trace-condition';
import { numberKeys, traceName } from './trace-name';

/** The condition of a filter. Throws `invalid` for anything it cannot mean. */
export function traceCondition(expression: FilterExpression): TraceCondition {
  if (expression.kind === 'comparison') return comparisonOf(expression);
  return { kind: expression.kind, of: expression.of.map(traceCondition) };
}

function comparisonOf({ identifier, operator, value }: FilterComparison): TraceComparison {
  const name = traceName(identifier);
  const { subject, key } = name;
  const comparison = { kind: 'condition', ...name } as const;
  const isNumber = subject === 'attribute' && numberKeys.has(key);
  if (value === undefined) {
    const hasPresence = ['tag', 'metadata', 'feedback', 'expectation'].includes(subject);
    return { ...comparison, operator: among(hasPresence ? presenceOperators : [], operator, identifier), value: null };
  }
  if (value.kind === 'list') {
    const isListed = !isNumber && (['attribute', 'run', 'span'].includes(subject) || key === traceKeys.name);
    return {
      ...comparison,
      operator: among(isListed ? listOperators : [], operator, identifier),
      value: listOf(value),
    };
  }
  if (isNumber)
    return { ...comparison, operator: among(numberOperators, operator, identifier), value: numberOf(value) };
  if (subject === 'feedback' || subject === 'expectation') return assessmentComparison(comparison, operator, value);
  const allowed = subject === 'prompt' ? (['='] as const) : textOperators;
  return { ...comparison, operator: among(allowed, operator, identifier), value: textOf(value, identifier) };
}

/** Assessments are compared by their value: as a number where a number is written without quotes. */
function assessmentComparison(
  comparison: Pick<TraceComparison, 'kind' | 'subject' | 'key'>,
  operator: string,
  value: FilterValue,
): TraceComparison {
  const what = `${comparison.subject}.${comparison.key}`;
  const isOrder = ['<', '<=', '>', '>='].includes(operator);
  if (value.kind === 'number' || (isOrder && value.kind === 'string' && Number.isFinite(Number(value.text || 'x')))) {
    return { ...comparison, operator: among(numberOperators, operator, what), value: Number(textOrNumber(value)) };
  }
  return { ...comparison, operator: among(textOperators, operator, what), value: textOf(value, what) };
}

function textOrNumber(value: FilterValue): string {
  return value.kind === 'list' ? '' : value.text;
}

function among<T extends TraceOperator>(valid: readonly T[], operator: string, what: string): T {
  const found = valid.find((each) => each === operator);
  if (found !== undefined) return found;
  const list = valid.map((each) => `'${each}'`).join(', ');
  throw new SlipwayError('invalid', `Invalid comparator '${operator}' for ${what}, not one of '{${list}}'`);
}

function numberOf(value: FilterValue): number {
  if (value.kind === 'number' || (value.kind === 'string' && /^-?\d+$/.test(value.text))) return Number(value.text);
  throw new SlipwayError('invalid', `Expected numeric value type for numeric attribute. Found ${value.written}`);
}

function textOf(value: FilterValue, what: string): string {
  if (value.kind === 'string') return value.text;
  throw new SlipwayError(
    'invalid',
    `Expected a quoted string value for ${what} (e.g. 'my-value'). Got value ${value.written}`,
  );
}

function listOf({ items, written }: FilterValue & { kind: 'list' }): string[] {
  if (items.length === 0) {
    throw new SlipwayError(
      'invalid',
      'While parsing a list in the query, expected a non-empty list of string values, but got empty list',
    );
  }
  return items.map((item) => {
    if (item.kind === 'string') return item.text;
    throw new SlipwayError(
      'invalid',
      `While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: ${written}`,
    );
  });
}
