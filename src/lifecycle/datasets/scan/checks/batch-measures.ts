// The numbers of a table that are compared from version to version, in one scan of it.
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { BatchMeasures } from '../../../../protocol/datasets/contract/check';
import type { TableSource } from '../../../../protocol/datasets/table-source';
import { type OpenTerms, withTables } from '../open-tables';
import { columnsOf, valueSql } from './checked-table';

/** So many columns are looked at: a history of thousands is read by nobody. */
const mostColumns = 500;

/** Different values are counted by HyperLogLog, which is exact enough to see a change. */
export function batchMeasures(source: TableSource, terms: OpenTerms): Promise<BatchMeasures> {
  return withTables({ data: source }, terms, async ({ duck }) => {
    const columns = [...(await columnsOf(duck, 'data')).values()].slice(0, mostColumns);
    const aggregates = columns.flatMap((column) => {
      const value = valueSql(column);
      const isNumber = column.kind === 'integer' || column.kind === 'number';
      const isCounted = column.kind !== 'nested' && column.kind !== 'binary';
      return [
        `count(${value})`,
        isCounted ? `approx_count_distinct(${value})` : '0',
        isNumber ? `avg(${value})::DOUBLE` : 'NULL',
      ];
    });
    const named = aggregates.map((sql, at) => `, ${sql} AS ${identifier(`c${at}`)}`).join('');
    const { rows } = await duck.table(`SELECT count(*)${named} FROM data`);
    const [count, ...values] = rows[0] ?? [];
    const all = Number(count ?? 0);
    return {
      rows: all,
      columns: columns.map(({ name, kind }, at) => {
        const [filled, distinct, mean] = values.slice(at * 3, at * 3 + 3);
        // The mean of a running number goes on with it.
        const isRunning = kind === 'integer' && Number(distinct) > 0.9 * Number(filled);
        const middle = mean === null || mean === undefined || isRunning ? null : Number(mean);
        return {
          name,
          nulls: all - Number(filled ?? 0),
          distinct: Number(distinct ?? 0),
          mean: middle !== null && Number.isFinite(middle) ? middle : null,
        };
      }),
    };
  });
}
