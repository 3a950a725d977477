// The search grammar by itself: what a filter and an order mean, and what is refused.
import { describe, expect, it } from 'vitest';
import { SlipwayError } from '../../src/base/errors';
import type { Condition } from '../../src/lifecycle/runs/search/condition';
import { parseExperimentFilter } from '../../src/lifecycle/runs/search/experiment-filter';
import { parseLoggedModelFilter } from '../../src/lifecycle/runs/search/logged-model-filter';
import { parseRunOrder } from '../../src/lifecycle/runs/search/order-by';
import { offsetOf, pageToken } from '../../src/lifecycle/runs/search/page-token';
import { runCondition } from '../../src/lifecycle/runs/search/run-filter';

type Simple = [subject: string, key: string, operator: string, value: unknown];

function meaning(filter: string): Simple[] {
  const condition = runCondition(filter);
  if (condition.kind !== 'and') throw new Error(condition.kind);
  return condition.of.map((each) => {
    if (each.kind !== 'condition') throw new Error(each.kind);
    return [each.subject, each.key, each.operator, each.value];
  });
}

describe('filters over runs', () => {
  const understood: [string, Simple[]][] = [
    ['', []],
    ['   ', []],
    ['metrics.acc > 0.5', [['metric', 'acc', '>', 0.5]]],
    ['metric.acc>=-1e-3', [['metric', 'acc', '>=', -0.001]]],
    ['metrics.`a b` != 2', [['metric', 'a b', '!=', 2]]],
    ["params.'a b' = 'c'", [['param', 'a b', '=', 'c']]],
    ['metrics."a.b/c" = .5', [['metric', 'a.b/c', '=', 0.5]]],
    ["params.lr = '0.1'", [['param', 'lr', '=', '0.1']]],
    ['parameters.lr = "0.1"', [['param', 'lr', '=', '0.1']]],
    ["param.x like 'a%'", [['param', 'x', 'LIKE', 'a%']]],
    ["tags.mlflow.source.type ILIKE 'LOCAL'", [['tag', 'mlflow.source.type', 'ILIKE', 'LOCAL']]],
    ['tags.t IS NULL', [['tag', 't', 'IS NULL', null]]],
    ['params.p is not null', [['param', 'p', 'IS NOT NULL', null]]],
    ["status = 'FINISHED'", [['attribute', 'status', '=', 'FINISHED']]],
    ["attr.status != 'x'", [['attribute', 'status', '!=', 'x']]],
    ["run.`Run name` = 'x'", [['attribute', 'run_name', '=', 'x']]],
    ['created > 5', [['attribute', 'start_time', '>', 5]]],
    ["run_id IN ('a', 'b')", [['attribute', 'run_id', 'IN', ['a', 'b']]]],
    ["run_id not in ('a')", [['attribute', 'run_id', 'NOT IN', ['a']]]],
    ["dataset.name = 'd'", [['dataset', 'name', '=', 'd']]],
    ["datasets.context IN ('train')", [['dataset', 'context', 'IN', ['train']]]],
    [
      "metrics.a > 1 AND params.b = 'x and y' and tags.c = 'OR'",
      [
        ['metric', 'a', '>', 1],
        ['param', 'b', '=', 'x and y'],
        ['tag', 'c', '=', 'OR'],
      ],
    ],
    ["params.p = '''; DROP TABLE runs; --'", [['param', 'p', '=', "''; DROP TABLE runs; --"]]],
  ];
  it.each(understood)('%s', (filter, expected) => {
    expect(meaning(filter)).toEqual(expected);
  });

  const refused: [string, string][] = [
    ['metrics.a > 1 OR', 'Expected a comparison such as'],
    ['OR metrics.a > 1', "Invalid clause(s) in filter string: 'OR'. Expected a comparison"],
    ['()', "Invalid clause(s) in filter string: ')'. Expected a comparison"],
    ['(metrics.a > 1', 'Expected AND, OR or ) at character 15, where the filter ends.'],
    ['NOT', 'at character 4, where the filter ends.'],
    ['(metrics.a > 1) metrics.b > 1', "'metrics.b'. Expected AND, OR or the end at character 17"],
    ["params.p NOT LIKE 'x'", 'Expected an operator such as'],
    ['metrics.a BETWEEN 1 AND 2', 'Invalid clause(s) in filter string'],
    ["params.p = 'x", 'Invalid clause(s) in filter string'],
    ['metrics.a', "Invalid clause(s) in filter string: 'metrics.a'"],
    ['metrics.a > 1;', 'Invalid clause(s) in filter string'],
    ["metrics.a > '1'", "Expected numeric value type for metric. Found '1'"],
    ["metrics.a LIKE 'x'", 'Expected numeric value type for metric'],
    ['metrics.a == 1', "Invalid comparator '==' not one of"],
    ['metrics.a IS NULL', 'IS NULL / IS NOT NULL is only supported for tags and params'],
    ['params.lr == 1', "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 1"],
    ['tags.lr > 1', "Expected a quoted string value for tag (e.g. 'my-value'). Got value 1"],
    ["params.lr > '1'", "Invalid comparator '>' not one of"],
    ['params.p = word', 'unidentified quote types used for string value word'],
    ["nonsense = 'a'", "Invalid attribute key 'nonsense' specified"],
    ["thing.a = 'a'", "Invalid entity type 'thing'. Valid values are"],
    ["constructor.a = 'a'", "Invalid entity type 'constructor'"],
    ["status IN ('a')", "Only ['run_id'] attributes support comparison with a list"],
    ["run_id IN ('a'", "Invalid clause(s) in filter string: 'run_id', 'IN', '(', ''a''"],
    ['run_id IN ()', 'expected a non-empty list of string values, but got empty list'],
    ['run_id IN (1)', 'got different type in list'],
    ["start_time = 'a'", "Expected numeric value type for numeric attribute: start_time. Found 'a'"],
    ["datasets.owner = 'a'", "Invalid dataset key 'owner' specified"],
  ];
  it.each(refused)('%s is refused', (filter, message) => {
    expect(() => runCondition(filter)).toThrow(message);
  });
});

describe('what filters have beyond MLflow', () => {
  /** The condition in one line: operators before what they join. */
  const shape = (condition: Condition): string =>
    condition.kind === 'condition'
      ? `${condition.key}${condition.operator}${condition.value}`
      : `${condition.kind}(${condition.of.map(shape).join(' ')})`;

  it.each([
    ['metrics.a > 1 OR metrics.b > 2', 'or(a>1 b>2)'],
    ['metrics.a > 1 AND metrics.b > 2 or metrics.c > 3', 'or(and(a>1 b>2) c>3)'],
    ['metrics.a > 1 AND (metrics.b > 2 OR metrics.c > 3)', 'and(a>1 or(b>2 c>3))'],
    ['((metrics.a > 1))', 'a>1'],
    ['NOT metrics.a > 1 AND metrics.b > 2', 'and(not(a>1) b>2)'],
    ['NOT (metrics.a > 1 OR NOT metrics.b > 2)', 'not(or(a>1 not(b>2)))'],
    ["(run_id IN ('x', 'y'))", 'run_idINx,y'],
    ["params.p IS NOT NULL OR run_id NOT IN ('x')", 'or(pIS NOT NULLnull run_idNOT INx)'],
    ["tags.`OR` = '(' OR tags.and = ')'", 'or(OR=( and=))'],
  ])('%s', (filter, expected) => {
    expect(shape(runCondition(filter))).toBe(expected);
  });

  it.each(['=', '!=', '<', '<=', '>', '>='])('params compare with numbers by %s', (operator) => {
    expect(meaning(`params.lr ${operator} 0.01`)).toEqual([['param', 'lr', operator, 0.01]]);
  });

  it.each([
    ['metrics.a > 1 AND metrics.b', 'Expected an operator such as =, !=, <, >, LIKE, IN or IS NULL at character 28'],
    ["metrics.a > 1 AND metrics.b > 'x'", 'The comparison begins at character 19.'],
    ['metrics.a > 1 ORR metrics.b > 1', 'Expected AND, OR or the end at character 15, where there is ORR.'],
    ['  nonsense = 1', 'The comparison begins at character 3.'],
  ])('the place of a mistake in %s is known, though the message is MLflow’s', (filter, place) => {
    const error = thrown(() => runCondition(filter));
    expect(error.details.place).toContain(place);
    expect(error.message).not.toContain('character');
  });
});

function thrown(work: () => unknown): SlipwayError {
  try {
    work();
  } catch (error) {
    if (SlipwayError.is(error)) return error;
  }
  throw new Error('nothing was refused');
}

describe('orders over runs', () => {
  it('reads names, quotes and directions', () => {
    expect(parseRunOrder(['metrics.`a b` DESC', 'params.x', 'Created asc'])).toEqual([
      { subject: 'metric', key: 'a b', ascending: false },
      { subject: 'param', key: 'x', ascending: true },
      { subject: 'attribute', key: 'start_time', ascending: true },
    ]);
  });

  it.each([
    ['metrics.a up', 'Invalid ordering key in order_by clause'],
    ['metrics.a ASC NULLS LAST', 'Could not be parsed.'],
    ['', 'Could not be parsed.'],
    ['nonsense', "Invalid attribute key 'nonsense'"],
    ['datasets.name', "Invalid identifier type 'dataset'"],
  ])('%s is refused', (order, message) => {
    expect(() => parseRunOrder([order])).toThrow(message);
  });

  it('refuses one field twice, also by another name', () => {
    expect(() => parseRunOrder(['start_time', 'created DESC'])).toThrow('duplicate fields');
  });
});

describe('filters over experiments and logged models', () => {
  it('compares experiment ids as text, whatever their length', () => {
    expect(parseExperimentFilter("experiment_id IN ('848954167312878624', '007')")).toEqual({
      kind: 'and',
      of: [
        {
          kind: 'condition',
          subject: 'attribute',
          key: 'experiment_id',
          operator: 'IN',
          value: ['848954167312878624', '7'],
        },
      ],
    });
  });

  it.each([
    ["name > 'a'", "Invalid comparator '>' not one of '{'=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'}'"],
    ["metrics.a = 'b'", "Invalid entity type 'metrics'"],
    ['creation_time > 1.5', "Invalid value for numeric attribute 'creation_time'"],
    ["name BETWEEN 'a' AND 'b'", "Invalid clause(s) in filter string: name, BETWEEN, 'a', 'b'"],
    ["name = 'a' OR", 'Expected a comparison'],
  ])('experiments: %s is refused', (filter, message) => {
    expect(() => parseExperimentFilter(filter)).toThrow(message);
  });

  it('takes the aliases of model attributes', () => {
    expect(parseLoggedModelFilter("creation_timestamp > 5 AND status IN ('READY')")).toMatchObject({
      of: [
        { subject: 'attribute', key: 'creation_time', operator: '>', value: 5 },
        { subject: 'attribute', key: 'status', operator: 'IN', value: ['READY'] },
      ],
    });
  });

  it.each([
    ["status = 'DONE'", "Unknown model status in filter: 'DONE'"],
    ['metric.a > 1', "Invalid entity type: 'metric'"],
    ["metrics.a LIKE 'x'", 'Invalid comparison operator for metrics.a'],
    ["name BETWEEN 'a' AND 'b'", "Expected a list of comparisons separated by 'AND'"],
    ["params.lr > '1'", "Invalid comparison operator for params.lr: '>'"],
  ])('models: %s is refused', (filter, message) => {
    expect(() => parseLoggedModelFilter(filter)).toThrow(message);
  });
});

describe('page tokens', () => {
  it('come back as they went', () => {
    expect(offsetOf(pageToken(1234))).toBe(1234);
    expect(Buffer.from(pageToken(4), 'base64').toString()).toBe('{"offset": 4}');
  });

  it.each(['zzz', 'bm90IGpzb24=', 'e30=', Buffer.from('{"offset": -1}').toString('base64')])(
    '%s is refused',
    (token) => {
      expect(() => offsetOf(token)).toThrow('Invalid page token');
    },
  );
});
