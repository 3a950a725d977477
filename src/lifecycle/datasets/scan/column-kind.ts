// DuckDB's types in the words of people.
import type { ColumnKind } from '../../../protocol/datasets/table-shape';

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/(\[\d*\]|^STRUCT\(.*\)|^MAP\(.*\)|^UNION\(.*\)|^JSON)$/, 'nested'],
  [/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/, 'integer'],
  [/^DECIMAL\(\d+,\s*0\)$/, 'integer'],
  [/^(DOUBLE|FLOAT|REAL|DECIMAL)/, 'number'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
  [/^(TIME|INTERVAL)/, 'time'],
  [/^(BLOB|BIT)$/, 'binary'],
];

/** What a column of this DuckDB type holds; texts, enums and UUIDs are `text`. */
export function kindOfType(type: string): ColumnKind {
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';
}
