// Our own checks that look at rows one by one.
import { intervalOf, type Makers, otherOf, rowTest, tableName } from './made-check';

type RowCheckName =
  | 'empty'
  | 'in'
  | 'notIn'
  | 'range'
  | 'length'
  | 'matches'
  | 'notMatches'
  | 'type'
  | 'format'
  | 'unique'
  | 'notNull'
  | 'increasing'
  | 'decreasing'
  | 'outliers'
  | 'foreignKey'
  | 'pair'
  | 'rowSum'
  | 'uniqueTogether'
  | 'condition'
  | 'overlap';

/** Each makes one of them. */
export const rowMakers: Pick<Makers, RowCheckName> = {
  empty: ({ mostly }) => rowTest('Empty', { kind: 'empty' }, mostly),
  in: ({ values, mostly }) => rowTest('In set', { kind: 'in set', values }, mostly),
  notIn: ({ values, mostly }) => rowTest('Not in set', { kind: 'not in set', values }, mostly),
  range: ({ mostly, ...ends }) => rowTest('Range', { kind: 'range', range: intervalOf(ends) }, mostly),
  length: ({ mostly, ...ends }) => rowTest('Length', { kind: 'length', range: intervalOf(ends) }, mostly),
  matches: ({ pattern, mostly }) => rowTest('Pattern', { kind: 'pattern', pattern, matches: true }, mostly),
  notMatches: ({ pattern, mostly }) => rowTest('Not pattern', { kind: 'pattern', pattern, matches: false }, mostly),
  type: ({ is, mostly }) => rowTest('Type', { kind: 'type', type: is }, mostly),
  format: ({ strptime, is, mostly }) =>
    rowTest('Format', { kind: 'format', format: strptime === undefined ? (is ?? 'datetime') : { strptime } }, mostly),
  unique: ({ mostly }) => rowTest('Unique', { kind: 'duplicates' }, mostly),
  notNull: ({ mostly }) => rowTest('Nulls', { kind: 'nulls' }, mostly),
  increasing: ({ strictly = false, mostly }) =>
    rowTest('Increasing', { kind: 'order', direction: 'increasing', strictly }, mostly),
  decreasing: ({ strictly = false, mostly }) =>
    rowTest('Decreasing', { kind: 'order', direction: 'decreasing', strictly }, mostly),
  outliers: ({ method = 'iqr', factor, mostly }) =>
    rowTest('Outliers', { kind: 'outliers', method, factor: factor ?? (method === 'iqr' ? 1.5 : 3) }, mostly),
  foreignKey: ({ column, mostly, ...other }) =>
    rowTest(
      'Foreign key',
      { kind: 'foreign key', table: otherOf(other), keys: column === undefined ? [] : [column] },
      mostly,
    ),
  pair: ({ left, operator, right, mostly }) =>
    rowTest(`${left} ${operator} ${right}`, { kind: 'pair', operator }, mostly, [left, right]),
  rowSum: ({ columns, mostly, ...ends }) =>
    rowTest('Row sum', { kind: 'row sum', range: intervalOf(ends) }, mostly, columns),
  uniqueTogether: ({ columns, mostly }) => rowTest('Unique', { kind: 'duplicates' }, mostly, columns),
  condition: ({ sql, mostly }) => rowTest('Condition', { kind: 'condition', sql }, mostly),
  overlap: ({ columns, max = 0, ...other }) => ({
    title: `Overlap with ${tableName(otherOf(other))}`,
    test: { kind: 'overlap', table: otherOf(other) },
    threshold: { operator: 'mustBeLessOrEqualTo', values: [max], unit: 'number' },
    ...(columns && { columns }),
  }),
};
