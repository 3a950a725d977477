// A contract as a suite of Great Expectations 1.x.
import type {
  ContractCheck,
  ContractTable,
  Interval,
  NumberTest,
  WholeTest,
} from '../../../../protocol/datasets/contract/contract';
import { type ContractExport, checkName, endsOf, mostlyOf } from './exported-checks';

interface Expectation {
  type: string;
  kwargs: Record<string, unknown>;
  /** What of the check it does not say. */
  lost?: string;
}

const severities = { error: 'critical', warning: 'warning', info: 'info' } as const;

/** The suite as JSON. */
export function toGreatExpectations(table: ContractTable): ContractExport {
  const lost: string[] = [];
  const expectations = table.checks.flatMap((check) => {
    const made = expectationOf(check);
    if (made === undefined) {
      lost.push(checkName(check));
      return [];
    }
    if (made.lost !== undefined) lost.push(`${made.lost} in ${checkName(check)}`);
    const kwargs = Object.fromEntries(
      Object.entries(made.kwargs).filter(([, value]) => value !== null && value !== undefined),
    );
    return [{ type: made.type, kwargs, meta: { slipway: check.id }, severity: severities[check.severity] }];
  });
  return {
    text: `${JSON.stringify({ name: table.name, id: null, expectations, meta: {}, notes: null }, null, 2)}\n`,
    lost,
  };
}

function expectationOf(check: ContractCheck): Expectation | undefined {
  const [column = null] = check.columns;
  const made = wholeExpectation(check, column) ?? rowExpectation(check, column);
  if (made?.kwargs.mostly === undefined || check.threshold?.operator !== 'mustBeLessThan') return made;
  return { ...made, lost: `that ${check.threshold.values[0]} % itself is too many` };
}

/** Without texts: Great Expectations knows no name that pandas 3's own type for them has, and would fail good data. */
const typeLists: Readonly<Record<string, string[]>> = {
  integer: ['int', 'int8', 'int16', 'int32', 'int64', 'Int64', 'INTEGER', 'BIGINT'],
  number: ['int64', 'Int64', 'float', 'float32', 'float64', 'DOUBLE', 'REAL'],
  boolean: ['bool', 'boolean', 'BOOLEAN'],
  timestamp: ['datetime64', 'datetime64[ns]', 'datetime64[us]', 'Timestamp', 'TIMESTAMP'],
  date: ['date', 'DATE', 'datetime64[ns]'],
};

function rowExpectation(check: ContractCheck, column: string | null): Expectation | undefined {
  const { test } = check;
  const share = mostlyOf(check);
  if (share === undefined) return undefined;
  const mostly = share === 1 ? undefined : share;
  const of = (type: string, kwargs: Record<string, unknown> = {}): Expectation => ({
    type: `expect_column_${type}`,
    kwargs: { column, ...kwargs, mostly },
  });
  switch (test.kind) {
    case 'nulls':
      return of('values_to_not_be_null');
    case 'empty':
      return of('values_to_be_null');
    case 'duplicates':
      return check.columns.length > 1
        ? { type: 'expect_compound_columns_to_be_unique', kwargs: { column_list: check.columns, mostly } }
        : of('values_to_be_unique');
    case 'in set':
      return of('values_to_be_in_set', { value_set: test.values });
    case 'not in set':
      return of('values_to_not_be_in_set', { value_set: test.values });
    case 'range':
      return of('values_to_be_between', intervalKwargs(test.range));
    case 'pattern':
      // Python matches from the start of the text only.
      return of(test.matches ? 'values_to_match_regex' : 'values_to_not_match_regex', {
        regex: test.pattern.startsWith('^') && !test.pattern.includes('|') ? test.pattern : `.*(?:${test.pattern})`,
      });
    case 'type': {
      const names = typeLists[test.type];
      return names === undefined
        ? undefined
        : { type: 'expect_column_values_to_be_in_type_list', kwargs: { column, type_list: names, mostly } };
    }
    default:
      return otherRowExpectation(check, of, mostly);
  }
}

function otherRowExpectation(
  { test, columns }: ContractCheck,
  of: (type: string, kwargs?: Record<string, unknown>) => Expectation,
  mostly: number | undefined,
): Expectation | undefined {
  const [a, b] = columns;
  switch (test.kind) {
    case 'length':
      return of('value_lengths_to_be_between', intervalKwargs(test.range));
    case 'format':
      if (typeof test.format === 'object')
        return of('values_to_match_strftime_format', { strftime_format: test.format.strptime });
      return of(test.format === 'json' ? 'values_to_be_json_parseable' : 'values_to_be_dateutil_parseable');
    case 'outliers':
      return test.method === 'sigma'
        ? of('value_z_scores_to_be_less_than', { threshold: test.factor, double_sided: true })
        : undefined;
    case 'row sum':
      return test.range.min === test.range.max
        ? {
            type: 'expect_multicolumn_sum_to_equal',
            kwargs: { column_list: columns, sum_total: test.range.min, mostly },
          }
        : undefined;
    case 'pair': {
      const type =
        test.operator === '='
          ? 'expect_column_pair_values_to_be_equal'
          : 'expect_column_pair_values_a_to_be_greater_than_b';
      if (test.operator === '!=') return undefined;
      const [greater, smaller] = test.operator.startsWith('<') ? [b, a] : [a, b];
      return {
        type,
        kwargs: { column_A: greater, column_B: smaller, ...(test.operator.length === 2 && { or_equal: true }), mostly },
      };
    }
    default:
      return undefined;
  }
}

function intervalKwargs({ min, max, strictMin, strictMax }: Interval): Record<string, unknown> {
  return {
    min_value: min,
    max_value: max,
    ...(strictMin && { strict_min: true }),
    ...(strictMax && { strict_max: true }),
  };
}

const numberTypes: Readonly<Partial<Record<NumberTest['kind'], string>>> = {
  rows: 'expect_table_row_count_to_be_between',
  mean: 'expect_column_mean_to_be_between',
  median: 'expect_column_median_to_be_between',
  'standard deviation': 'expect_column_stdev_to_be_between',
  sum: 'expect_column_sum_to_be_between',
  'distinct count': 'expect_column_unique_value_count_to_be_between',
  'distinct share': 'expect_column_proportion_of_unique_values_to_be_between',
};

function wholeExpectation(check: ContractCheck, column: string | null): Expectation | undefined {
  const { test } = check;
  const ends = endsOf(check);
  const number = numberTypes[test.kind as NumberTest['kind']];
  if (number !== undefined && ends !== undefined) {
    return {
      type: number,
      kwargs: { ...(test.kind !== 'rows' && { column }), ...intervalKwargs(ends) },
    };
  }
  return otherWholeExpectation(check, column);
}

function otherWholeExpectation(check: ContractCheck, column: string | null): Expectation | undefined {
  const { test } = check;
  const ends = endsOf(check);
  switch (test.kind) {
    case 'column':
      return { type: 'expect_column_to_exist', kwargs: { column } };
    case 'column set':
      return columnSet(test);
    case 'extreme':
      return {
        type: `expect_column_${test.of === 'minimum' ? 'min' : 'max'}_to_be_between`,
        kwargs: { column, ...intervalKwargs(test.range) },
      };
    case 'quantile':
      return ends === undefined
        ? undefined
        : {
            type: 'expect_column_quantile_values_to_be_between',
            kwargs: { column, quantile_ranges: { quantiles: [test.share], value_ranges: [[ends.min, ends.max]] } },
            ...((ends.strictMin || ends.strictMax) && { lost: `that ${ends.min ?? ends.max} itself is refused` }),
          };
    case 'most common':
      return { type: 'expect_column_most_common_value_to_be_in_set', kwargs: { column, value_set: test.values } };
    case 'distinct set': {
      const names = { equal: 'to_equal_set', contain: 'to_contain_set', within: 'to_be_in_set' };
      return {
        type: `expect_column_distinct_values_${names[test.relation]}`,
        kwargs: { column, value_set: test.values },
      };
    }
    case 'failed rows':
      return {
        type: 'unexpected_rows_expectation',
        kwargs: { unexpected_rows_query: test.sql.replaceAll('{object}', '{batch}') },
      };
    default:
      return undefined;
  }
}

function columnSet({ names, inOrder, others }: Extract<WholeTest, { kind: 'column set' }>): Expectation {
  if (inOrder && !others) return { type: 'expect_table_columns_to_match_ordered_list', kwargs: { column_list: names } };
  return {
    type: 'expect_table_columns_to_match_set',
    kwargs: { column_set: names, exact_match: !others },
    ...(inOrder && { lost: 'the order of the columns' }),
  };
}
