// Suites of Great Expectations as JSON, of versions 0.x and 1.x.
import { ImportedContract, logicalTypeOf, type QualityEntry } from './imported-contract';

type Kwargs = Record<string, unknown>;

/** One expectation as either version writes it. */
interface Expectation {
  type?: string;
  expectation_type?: string;
  kwargs?: Kwargs;
  severity?: string;
  description?: string;
}

const severities: Readonly<Record<string, string>> = { critical: 'error', warning: 'warning', info: 'info' };

/** Whether the value is a suite. */
export function isExpectationSuite(
  value: unknown,
): value is { expectations: Expectation[]; name?: string; expectation_suite_name?: string } {
  return (
    typeof value === 'object' && value !== null && Array.isArray((value as { expectations?: unknown }).expectations)
  );
}

/** The suite as a contract. */
export function fromGreatExpectations(suite: {
  expectations: Expectation[];
  name?: string;
  expectation_suite_name?: string;
}): ImportedContract {
  const contract = new ImportedContract(suite.name ?? suite.expectation_suite_name ?? 'table');
  for (const expectation of suite.expectations) {
    const type = (expectation.type ?? expectation.expectation_type ?? '').replace(/^expect_|_expectation$/g, '');
    const kwargs = expectation.kwargs ?? {};
    const more: QualityEntry = {
      ...(expectation.severity !== undefined && { severity: severities[expectation.severity] ?? 'error' }),
      ...(typeof expectation.description === 'string' && { description: expectation.description }),
    };
    const carry = carriers[type];
    const column = typeof kwargs.column === 'string' ? kwargs.column : null;
    const parameter = parameterOf(kwargs);
    if (parameter !== undefined) {
      contract.lose(`expect_${type}${column === null ? '' : ` of ${column}`}: the parameter ${parameter} has no value`);
    } else if (kwargs.row_condition !== undefined && kwargs.row_condition !== null) {
      contract.lose(`expect_${type} with a row_condition: ${JSON.stringify(kwargs.row_condition)}`);
    } else if (carry === undefined)
      contract.lose(`expect_${type}${column === null ? '' : ` of ${column}`}: there is no such check here`);
    else {
      loseIgnored(contract, type, kwargs);
      carry({ contract, kwargs, column, more });
    }
  }
  return contract;
}

/** What a suite leaves open until it is run, as `{"$PARAMETER": "name"}`: the name of the first; undefined without one. */
function parameterOf(kwargs: Kwargs): string | undefined {
  return /"\$PARAMETER":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(kwargs))?.[1];
}

/** Which rows with missing values are left out here, by what Great Expectations calls that. */
const leftOut: Readonly<Record<string, string>> = {
  column_pair_values_a_to_be_greater_than_b: 'either_value_is_missing',
  column_pair_values_to_be_equal: 'either_value_is_missing',
  multicolumn_sum_to_equal: 'any_value_is_missing',
  compound_columns_to_be_unique: 'never',
};

function loseIgnored(contract: ImportedContract, type: string, kwargs: Kwargs): void {
  const asked = kwargs.ignore_row_if;
  const ours = leftOut[type];
  if (typeof asked !== 'string' || ours === undefined || asked === ours) return;
  const columns = listOf(kwargs.column_list ?? [kwargs.column_A, kwargs.column_B]).join(', ');
  contract.lose(`ignore_row_if: ${asked} of expect_${type} of ${columns}: it is ${ours} here`);
}

interface Given {
  contract: ImportedContract;
  kwargs: Kwargs;
  column: string | null;
  more: QualityEntry;
}

type Carrier = (given: Given) => void;

/** Its ends, and the share that must be good. */
function ends({ min_value, max_value, strict_min, strict_max, mostly }: Kwargs): Record<string, unknown> {
  return {
    min: min_value,
    max: max_value,
    ...(strict_min === true && { strictMin: true }),
    ...(strict_max === true && { strictMax: true }),
    ...shareOf({ mostly }),
  };
}

/** Of whole numbers: the next one is the end where the end itself is refused. */
function wholeEnds({ min_value, max_value, strict_min, strict_max }: Kwargs): { min: unknown; max: unknown } {
  const moved = (end: unknown, by: number): unknown => (typeof end === 'number' ? end + by : end);
  return { min: moved(min_value, strict_min === true ? 1 : 0), max: moved(max_value, strict_max === true ? -1 : 0) };
}

function shareOf({ mostly }: Kwargs): Record<string, unknown> {
  return typeof mostly === 'number' && mostly < 1 ? { mostly } : {};
}

/** Python matches from the start of the text. */
function fromStart(pattern: unknown): string {
  const text = String(pattern);
  return text.startsWith('^') && !text.includes('|') ? text : `^(?:${text})`;
}

const rowCheck =
  (name: string, make: (kwargs: Kwargs) => Record<string, unknown>): Carrier =>
  ({ contract, kwargs, column, more }) =>
    contract.own(column, name, { ...make(kwargs), ...shareOf(kwargs) }, more);

const numberCheck =
  (name: string): Carrier =>
  ({ contract, kwargs, column, more }) => {
    const { min, max, strictMin, strictMax } = ends(kwargs) as Record<string, unknown>;
    if (strictMin || strictMax) contract.lose(`the strict end of ${name} of ${column}: the end itself is allowed here`);
    contract.own(column, name, { min, max }, more);
  };

const extreme =
  (name: string): Carrier =>
  ({ contract, kwargs, column, more }) => {
    const { mostly: _share, ...given } = ends(kwargs) as Record<string, unknown>;
    contract.own(column, name, given, more);
  };

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const carriers: Readonly<Record<string, Carrier>> = {
  column_to_exist: ({ contract, column }) => contract.column(String(column)),
  column_values_to_not_be_null: rowCheck('notNull', () => ({})),
  column_values_to_be_null: rowCheck('empty', () => ({})),
  column_values_to_be_unique: rowCheck('unique', () => ({})),
  column_values_to_be_between: ({ contract, kwargs, column, more }) =>
    contract.own(column, 'range', ends(kwargs), more),
  column_values_to_be_in_set: rowCheck('in', ({ value_set }) => ({ values: listOf(value_set) })),
  column_values_to_not_be_in_set: rowCheck('notIn', ({ value_set }) => ({ values: listOf(value_set) })),
  column_values_to_match_regex: rowCheck('matches', ({ regex }) => ({ pattern: fromStart(regex) })),
  column_values_to_not_match_regex: rowCheck('notMatches', ({ regex }) => ({ pattern: fromStart(regex) })),
  column_values_to_match_regex_list: regexList,
  column_value_lengths_to_be_between: ({ contract, kwargs, column, more }) => {
    contract.own(column, 'length', { ...wholeEnds(kwargs), mostly: shareOf(kwargs).mostly }, more);
  },
  column_value_lengths_to_equal: rowCheck('length', ({ value }) => ({ min: value, max: value })),
  column_values_to_match_strftime_format: rowCheck('format', ({ strftime_format }) => ({ strptime: strftime_format })),
  column_values_to_be_dateutil_parseable: rowCheck('format', () => ({ is: 'datetime' })),
  column_values_to_be_json_parseable: rowCheck('format', () => ({ is: 'json' })),
  column_values_to_be_increasing: rowCheck('increasing', ({ strictly }) => (strictly === true ? { strictly } : {})),
  column_values_to_be_decreasing: rowCheck('decreasing', ({ strictly }) => (strictly === true ? { strictly } : {})),
  column_values_to_be_of_type: typeCheck,
  column_values_to_be_in_type_list: typeCheck,
  column_value_z_scores_to_be_less_than: ({ contract, kwargs, column, more }) => {
    if (kwargs.double_sided === false)
      contract.lose(`double_sided: false of the z scores of ${column}: outliers on both sides count here`);
    contract.own(column, 'outliers', { method: 'sigma', factor: kwargs.threshold, ...shareOf(kwargs) }, more);
  },
  column_mean_to_be_between: numberCheck('mean'),
  column_median_to_be_between: numberCheck('median'),
  column_stdev_to_be_between: numberCheck('stddev'),
  column_sum_to_be_between: numberCheck('sum'),
  column_min_to_be_between: extreme('minimum'),
  column_max_to_be_between: extreme('maximum'),
  column_unique_value_count_to_be_between: ({ contract, kwargs, column, more }) =>
    contract.own(column, 'distinctCount', wholeEnds(kwargs), more),
  column_proportion_of_unique_values_to_be_between: numberCheck('distinctShare'),
  column_proportion_of_non_null_values_to_be_between: ({ contract, kwargs, column, more }) => {
    const { min_value: min, max_value: max } = kwargs;
    const name = `of the proportion of non-null values of ${column}`;
    if (typeof max === 'number' && (max < 1 || kwargs.strict_max === true)) contract.lose(`the upper end ${name}`);
    if (kwargs.strict_min === true) contract.lose(`the strict end ${name}: the end itself is allowed here`);
    if (typeof min === 'number' && min > 0) contract.own(column, 'notNull', shareOf({ mostly: min }), more);
  },
  column_quantile_values_to_be_between: quantiles,
  column_most_common_value_to_be_in_set: ({ contract, kwargs, column, more }) =>
    contract.own(column, 'mostCommon', { in: listOf(kwargs.value_set) }, more),
  column_distinct_values_to_equal_set: distinct('equal'),
  column_distinct_values_to_contain_set: distinct('contain'),
  column_distinct_values_to_be_in_set: distinct('within'),
  table_row_count_to_be_between: ({ contract, kwargs, more }) => {
    const { min, max } = wholeEnds(kwargs);
    const isSet = (value: unknown): value is number => typeof value === 'number';
    if (isSet(min) && isSet(max)) contract.add(null, { metric: 'rowCount', mustBeBetween: [min, max], ...more });
    else if (isSet(min)) contract.add(null, { metric: 'rowCount', mustBeGreaterOrEqualTo: min, ...more });
    else if (isSet(max)) contract.add(null, { metric: 'rowCount', mustBeLessOrEqualTo: max, ...more });
    else contract.lose('expect_table_row_count_to_be_between without an end');
  },
  table_row_count_to_equal: ({ contract, kwargs, more }) =>
    contract.add(null, { metric: 'rowCount', mustBe: kwargs.value, ...more }),
  table_columns_to_match_ordered_list: ({ contract, kwargs, more }) =>
    contract.own(null, 'columns', { names: listOf(kwargs.column_list), inOrder: true }, more),
  table_columns_to_match_set: ({ contract, kwargs, more }) =>
    contract.own(
      null,
      'columns',
      { names: listOf(kwargs.column_set), ...(kwargs.exact_match === false && { others: true }) },
      more,
    ),
  compound_columns_to_be_unique: ({ contract, kwargs, more }) =>
    contract.own(null, 'uniqueTogether', { columns: listOf(kwargs.column_list), ...shareOf(kwargs) }, more),
  column_pair_values_a_to_be_greater_than_b: ({ contract, kwargs, more }) =>
    contract.own(
      null,
      'pair',
      {
        left: kwargs.column_A,
        operator: kwargs.or_equal === true ? '>=' : '>',
        right: kwargs.column_B,
        ...shareOf(kwargs),
      },
      more,
    ),
  column_pair_values_to_be_equal: ({ contract, kwargs, more }) =>
    contract.own(
      null,
      'pair',
      { left: kwargs.column_A, operator: '=', right: kwargs.column_B, ...shareOf(kwargs) },
      more,
    ),
  multicolumn_sum_to_equal: ({ contract, kwargs, more }) =>
    contract.own(
      null,
      'rowSum',
      { columns: listOf(kwargs.column_list), min: kwargs.sum_total, max: kwargs.sum_total, ...shareOf(kwargs) },
      more,
    ),
  unexpected_rows: ({ contract, kwargs, more }) =>
    contract.own(
      null,
      'failedRows',
      { query: String(kwargs.unexpected_rows_query).replaceAll('{batch}', '{object}') },
      more,
    ),
};

function typeCheck({ contract, kwargs, column, more }: Given): void {
  const names = listOf(kwargs.type_list ?? [kwargs.type_]).map(String);
  const types = new Set(names.map(logicalTypeOf));
  const [type] = types;
  if (type === undefined || types.size > 1)
    contract.lose(`the types ${names.join(', ')} of ${column}: they are no one type here`);
  else contract.own(column, 'type', { is: type, ...shareOf(kwargs) }, more);
}

/** One of the expressions, or each of them. */
function regexList({ contract, kwargs, column, more }: Given): void {
  const patterns = listOf(kwargs.regex_list).map(fromStart);
  const share = shareOf(kwargs);
  if (kwargs.match_on !== 'all') {
    const pattern = patterns.map((each) => `(?:${each})`).join('|');
    contract.own(column, 'matches', { pattern, ...share }, more);
    return;
  }
  if ('mostly' in share)
    contract.lose(`match_on: all with mostly of ${column}: the share is told of each expression by itself here`);
  for (const pattern of patterns) contract.own(column, 'matches', { pattern, ...share }, more);
}

function quantiles({ contract, kwargs, column, more }: Given): void {
  const { quantiles: shares = [], value_ranges: ranges = [] } = (kwargs.quantile_ranges ?? {}) as {
    quantiles?: number[];
    value_ranges?: (number | null)[][];
  };
  for (const [at, q] of shares.entries()) {
    const [min, max] = ranges[at] ?? [];
    contract.own(column, 'quantile', { q, min, max }, more);
  }
}

function distinct(relation: 'equal' | 'contain' | 'within'): Carrier {
  return ({ contract, kwargs, column, more }) =>
    contract.own(column, 'distinctValues', { [relation]: listOf(kwargs.value_set) }, more);
}
