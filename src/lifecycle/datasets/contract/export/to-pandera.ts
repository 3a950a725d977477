// A contract as a YAML schema of pandera, in the form that its old and new versions read.
import type { ContractCheck, ContractTable } from '../../../../protocol/datasets/contract/contract';
import { yamlText } from '../draft/yaml-text';
import { byColumn, type ContractExport, checkName, lengthsOf, mostlyOf } from './exported-checks';

const dtypes: Readonly<Record<string, string>> = {
  integer: 'int64',
  number: 'float64',
  string: 'str',
  boolean: 'bool',
  timestamp: 'datetime64[ns]',
  date: 'datetime64[ns]',
};

/** The schema as YAML. Checks that allow bad rows are lost: pandera knows all rows or none. */
export function toPandera(table: ContractTable): ContractExport {
  const lost: string[] = [];
  const columns = byColumn(table);
  const whole = table.checks.filter(({ columns: named }) => named.length !== 1);
  const keys = whole.flatMap(({ test, columns: key }) => (test.kind === 'duplicates' ? [key] : []));
  const set = whole.find(({ test }) => test.kind === 'column set')?.test;
  lost.push(...whole.filter(({ test }) => test.kind !== 'duplicates' && test.kind !== 'column set').map(checkName));
  const lines = [...columns].flatMap(([name, checks]) => columnLines(name, checks, lost));
  const text = [
    'schema_type: dataframe',
    'version: 0.20.0',
    ...(lines.length === 0 ? ['columns: {}'] : ['columns:', ...lines]),
    'checks: null',
    'index: null',
    'dtype: null',
    'coerce: false',
    `strict: ${set?.kind === 'column set' && !set.others}`,
    'name: null',
    `ordered: ${set?.kind === 'column set' && set.inOrder}`,
    `unique: ${keys[0] === undefined ? 'null' : yamlText(keys[0])}`,
    '',
  ].join('\n');
  return { text, lost: [...lost, ...keys.slice(1).map((key) => `Unique of ${key.join(', ')}`)] };
}

function columnLines(name: string, checks: readonly ContractCheck[], lost: string[]): string[] {
  const type = checks.find(({ test }) => test.kind === 'type')?.test;
  const dtype = type?.kind === 'type' ? dtypes[type.type] : undefined;
  const isWhole = (check: ContractCheck): boolean => mostlyOf(check) === 1;
  const has = (kind: ContractCheck['test']['kind']): boolean =>
    checks.some((check) => check.test.kind === kind && isWhole(check));
  const made: [string, unknown][] = [];
  for (const check of checks) {
    const carried = isWhole(check) ? panderaCheck(check) : undefined;
    if (carried !== undefined) made.push(...carried);
    else if (!['type', 'column', 'nulls', 'duplicates'].includes(check.test.kind) || !isWhole(check))
      lost.push(checkName(check));
  }
  const once = new Map(made);
  return [
    `  ${yamlText(name)}:`,
    `    dtype: ${dtype === undefined ? 'null' : yamlText(dtype)}`,
    `    nullable: ${!has('nulls')}`,
    `    checks: ${once.size === 0 ? 'null' : yamlText(Object.fromEntries(once))}`,
    `    unique: ${has('duplicates')}`,
    '    coerce: false',
    '    required: true',
    '    regex: false',
  ];
}

function panderaCheck({ test }: ContractCheck): [string, unknown][] | undefined {
  switch (test.kind) {
    case 'in set':
      return [['isin', test.values]];
    case 'not in set':
      return [['notin', test.values]];
    case 'length': {
      const { min, max } = lengthsOf(test.range);
      return [['str_length', { min_value: min, max_value: max }]];
    }
    case 'pattern':
      return test.matches ? [[test.pattern.startsWith('^') ? 'str_matches' : 'str_contains', test.pattern]] : undefined;
    case 'distinct set':
      return test.relation === 'equal' ? [['unique_values_eq', test.values]] : undefined;
    case 'range': {
      const { min, max, strictMin, strictMax } = test.range;
      return [
        ...(min === null ? [] : [[strictMin ? 'greater_than' : 'greater_than_or_equal_to', min] as [string, unknown]]),
        ...(max === null ? [] : [[strictMax ? 'less_than' : 'less_than_or_equal_to', max] as [string, unknown]]),
      ];
    }
    default:
      return undefined;
  }
}
