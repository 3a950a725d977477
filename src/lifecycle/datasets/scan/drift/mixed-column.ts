// A column of numbers on one side and of categories on the other: Evidently takes both for categories, by the current table.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { Sides } from '../../drift/column-sample';
import { kindOfType } from '../column-kind';

/** Whole numbers of so few values are categories. */
const mostWholeCategories = 10;

/** Whether values of this type are numbers to pandas, which takes true for 1. */
export function isNumberLike(type: string): boolean {
  return ['integer', 'number', 'boolean'].includes(kindOfType(type));
}

/** Whether the current side of the column, which has values, is of categories to Evidently. */
export async function isCategorical(duck: DuckDatabase, name: string, { current }: Sides<string>): Promise<boolean> {
  const kind = kindOfType(current);
  if (kind === 'boolean') return true;
  if (kind === 'number') return false;
  const column = identifier(name);
  const [row] = await duck.rows(
    `SELECT count(DISTINCT ${column}) AS u, count(${column}) AS n, count(*) AS all_rows FROM current`,
  );
  const [values, known, rows] = [Number(row?.u), Number(row?.n), Number(row?.all_rows)];
  return kind === 'integer' ? values <= mostWholeCategories && known === rows : values <= 0.5 * known;
}
