// What a filter and an order over logged models may ask. The grammar differs a little from that of runs: full entity
// names only, and numbers may be quoted nowhere.
import { SlipwayError } from '../../../base/errors';
import { loggedModelStatuses } from '../logged-models/logged-model';
import type { Condition, ConditionOperator, ConditionSubject } from './condition';
import type { Comparison, Expression, FilterValue } from './grammar/expression';
import { parseFilter } from './grammar/parse-filter';
import { listValue, pythonText } from './grammar/value';

const entities: Readonly<Record<string, ConditionSubject>> = {
  attributes: 'attribute',
  metrics: 'metric',
  params: 'param',
  tags: 'tag',
};
const attributeNames: Readonly<Record<string, string>> = {
  name: 'name',
  model_id: 'model_id',
  model_type: 'model_type',
  status: 'status',
  source_run_id: 'source_run_id',
  experiment_id: 'experiment_id',
  artifact_location: 'artifact_uri',
  creation_time: 'creation_time',
  creation_timestamp: 'creation_time',
  creation_timestamp_ms: 'creation_time',
  last_updated_time: 'last_update_time',
  last_updated_timestamp: 'last_update_time',
  last_updated_timestamp_ms: 'last_update_time',
};
const times = new Set(['creation_time', 'last_update_time']);
const numeric: readonly ConditionOperator[] = ['<', '<=', '>', '>=', '=', '!='];
const textual: readonly ConditionOperator[] = ['=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'];

/** The column behind an attribute's name, if there is one. */
export function loggedModelAttribute(name: string): string | undefined {
  return Object.hasOwn(attributeNames, name) ? attributeNames[name] : undefined;
}

/** The condition of a filter over logged models. Throws `invalid` for anything it cannot mean. */
export function parseLoggedModelFilter(text: string): Condition {
  try {
    return resolve(parseFilter(text));
  } catch (error) {
    if (!SlipwayError.is(error) || !Array.isArray(error.details.clauses)) throw error;
    throw new SlipwayError(
      'invalid',
      `Invalid filter string: ${pythonText(text)}. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').`,
      { cause: error },
    );
  }
}

function resolve(expression: Expression): Condition {
  if (expression.kind !== 'comparison') return { kind: expression.kind, of: expression.of.map(resolve) };
  const { subject, key } = entityOf(expression.identifier);
  const isNumeric =
    subject === 'metric' || (subject === 'attribute' && times.has(key)) || asksParamAsNumber(subject, expression);
  const valid = isNumeric ? numeric : textual;
  const operator = valid.find((each) => each === expression.operator);
  if (operator === undefined) {
    const list = valid.map((each) => `'${each}'`).join(', ');
    throw new SlipwayError(
      'invalid',
      `Invalid comparison operator for ${expression.identifier}: '${expression.operator}'. Expected one of (${list}).`,
    );
  }
  const value = isNumeric ? numberOf(expression) : textOf(expression.value);
  if (subject === 'attribute' && key === 'status') checkStatus(operator, value);
  return { kind: 'condition', subject, key, operator, value };
}

/** With = and != a number is compared as it is written, which is MLflow's; an order between texts means numbers. */
function asksParamAsNumber(subject: ConditionSubject, { operator, value }: Comparison): boolean {
  return subject === 'param' && value?.kind === 'number' && /^[<>]=?$/.test(operator);
}

function entityOf(identifier: string): { subject: ConditionSubject; key: string } {
  const dot = identifier.indexOf('.');
  const entity = dot < 0 ? 'attributes' : identifier.slice(0, dot);
  const subject = Object.hasOwn(entities, entity) ? entities[entity] : undefined;
  if (subject === undefined) {
    throw new SlipwayError(
      'invalid',
      `Invalid entity type: '${entity}'. Expected one of ['attributes', 'metrics', 'params', 'tags'].`,
    );
  }
  const key = identifier.slice(dot + 1).replace(/^[`"]|[`"]$/g, '');
  if (subject !== 'attribute') return { subject, key };
  const column = loggedModelAttribute(key);
  if (column === undefined) {
    throw new SlipwayError('invalid', `Invalid attribute key '${key}' specified.`);
  }
  return { subject, key: column };
}

function numberOf({ identifier, value }: Comparison): number {
  const number = value === undefined || value.kind === 'list' ? Number.NaN : Number(value.text);
  if (Number.isNaN(number)) {
    throw new SlipwayError('invalid', `Expected a number for ${identifier}. Found ${value?.written ?? 'nothing'}`);
  }
  return number;
}

function textOf(value: FilterValue | undefined): string | string[] {
  if (value === undefined) throw new SlipwayError('invalid', 'Expected a value to compare with.');
  return value.kind === 'list' ? listValue(value) : value.text;
}

function checkStatus(operator: ConditionOperator, value: string | number | string[]): void {
  if (operator === 'LIKE' || operator === 'ILIKE') {
    throw new SlipwayError('invalid', `Invalid comparison operator for status: ${operator}`);
  }
  for (const status of Array.isArray(value) ? value : [String(value)]) {
    if (!loggedModelStatuses.some((each) => each === status)) {
      throw new SlipwayError('invalid', `Unknown model status in filter: '${status}'`);
    }
  }
}
