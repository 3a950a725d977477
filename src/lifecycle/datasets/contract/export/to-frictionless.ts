// A contract as a table schema of Frictionless.
import type { ContractCheck, ContractTable } from '../../../../protocol/datasets/contract/contract';
import { byColumn, type ContractExport, checkName, lengthsOf, mostlyOf } from './exported-checks';

const types: Readonly<Record<string, string>> = { timestamp: 'datetime' };

/** The schema as JSON. A constraint holds for every row: checks that allow bad rows are lost. */
export function toFrictionless(table: ContractTable): ContractExport {
  const lost = table.checks
    .filter(({ columns, test }) => columns.length !== 1 && !(test.kind === 'duplicates' && columns.length > 1))
    .map(checkName);
  const keys = table.checks.flatMap(({ columns, test }) =>
    test.kind === 'duplicates' && columns.length > 1 ? [columns] : [],
  );
  const foreignKeys: unknown[] = [];
  const fields = [...byColumn(table)].map(([name, checks]) => {
    const constraints: Record<string, unknown> = {};
    let type = 'any';
    for (const check of checks) {
      const { test } = check;
      const made = mostlyOf(check) === 1 ? constraintOf(check) : undefined;
      if (test.kind === 'type') type = types[test.type] ?? test.type;
      else if (test.kind === 'foreign key' && 'dataset' in test.table && mostlyOf(check) === 1) {
        foreignKeys.push({ fields: name, reference: { resource: test.table.dataset, fields: test.keys[0] ?? name } });
      } else if (made === undefined && test.kind !== 'column') lost.push(checkName(check));
      else Object.assign(constraints, made);
    }
    return { name, type, ...(Object.keys(constraints).length > 0 && { constraints }) };
  });
  const [key, ...others] = keys;
  const schema = {
    fields,
    ...(key !== undefined && { primaryKey: key }),
    ...(foreignKeys.length > 0 && { foreignKeys }),
  };
  return {
    text: `${JSON.stringify(schema, null, 2)}\n`,
    lost: [...lost, ...others.map((each) => `Unique of ${each.join(', ')}`)],
  };
}

function constraintOf({ test }: ContractCheck): Record<string, unknown> | undefined {
  switch (test.kind) {
    case 'nulls':
      return { required: true };
    case 'duplicates':
      return { unique: true };
    case 'in set':
      return { enum: test.values };
    case 'pattern':
      // A pattern there is that of the whole text.
      return test.matches ? { pattern: wholePattern(test.pattern) } : undefined;
    case 'length': {
      const { min, max } = lengthsOf(test.range);
      return ends(['minLength', min], ['maxLength', max]);
    }
    case 'range': {
      const { min, max, strictMin, strictMax } = test.range;
      return strictMin || strictMax ? undefined : ends(['minimum', min], ['maximum', max]);
    }
    default:
      return undefined;
  }
}

function ends(...all: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

function wholePattern(pattern: string): string {
  const start = pattern.startsWith('^') ? pattern.slice(1) : `.*${pattern}`;
  return start.endsWith('$') && !start.endsWith('\\$') ? start.slice(0, -1) : `${start}.*`;
}
