// Some rows of a table, as a model takes them.
import { SlipwayError } from '../../../base/errors';
import { identifier } from '../../../platform/duckdb/duck-text';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { TableColumn } from '../../../protocol/datasets/table-shape';
import type { TableSource } from '../../../protocol/datasets/table-source';
import type { ModelValue } from '../../../protocol/inference/outline';
import { planInputs } from '../batch/input-columns';
import type { ToldColumn } from '../batch/told-columns';
import { keptColumns, type ReadTable } from './read-table';
import { tableBatches } from './table-batches';

/** Opens a table, does `work` with it and closes it. `notes` are sentences about what was done to read it. */
export type TableOpener = <Answer>(
  source: TableSource,
  work: (table: ReadTable, notes: readonly string[]) => Promise<Answer>,
) => Promise<Answer>;

/** One row by its number from 1, or `most` at random, the same ones for the same `seed`. */
export type RowPick = { row: number } | { most: number; seed: number };

/** More rows than this are no sample. */
const mostPickedRows = 10_000;

/** `apart`: columns that are no inputs, which many rows have to have. `label`: one of them; only rows that have it are taken. */
export interface TableRowsQuery {
  source: TableSource;
  inputs: readonly ModelValue[];
  apart: readonly string[];
  label: string | null;
  pick: RowPick;
}

/** `of`: how many rows could have been taken. `names`: the columns of each input. */
export interface TableRows {
  feeds: Record<string, OnnxTensor>;
  rows: number;
  of: number;
  names: Map<string, string[]>;
  label: ToldColumn | null;
  notes: string[];
}

/** Throws SlipwayError `invalid` for columns that do not fit, a row that is not there and a table without rows. */
export function tableRows(query: TableRowsQuery, open: TableOpener): Promise<TableRows> {
  const { source, inputs, apart, pick } = query;
  return open(source, async (table, notes) => {
    const { duck, columns } = table;
    const label = query.label === null ? null : columnOf(columns, query.label);
    // One row is seldom given with what is true of it.
    if ('most' in pick) for (const name of apart) columnOf(columns, name);
    const plan = planInputs(columns, inputs, new Set(apart));
    const kept = await keptColumns(table, label === null ? [] : [{ name: 'label', column: label }]);
    const rowNumber = freeName(columns);
    const numbered = `(SELECT *, row_number() OVER () AS ${identifier(rowNumber)} FROM ${table.from})`;
    const from = label === null ? numbered : `(SELECT * FROM ${numbered} WHERE ${kept[0]?.sql} IS NOT NULL)`;
    const counted = await duck.rows(`SELECT count(*) AS n FROM ${from}`);
    const of = Number(counted[0]?.n ?? 0);
    if (of === 0) throw new SlipwayError('invalid', 'The table has no row.');
    const picked = `(SELECT * FROM ${from} ${pickSql(pick, of)})`;
    const batch = (await tableBatches({ ...table, from: picked }, { inputs: plan.inputs, kept, rowNumber }).next())
      .value;
    if (batch === undefined) throw new SlipwayError('invalid', 'The table has no row.');
    const names = new Map(plan.inputs.map((input) => [input.name, input.columns]));
    const { feeds, rows } = batch;
    return { feeds, rows, of, names, label: batch.kept[0] ?? null, notes: [...notes, ...plan.notes] };
  });
}

function freeName(columns: readonly TableColumn[]): string {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  let name = 'slipway_row';
  while (taken.has(name)) name += '_';
  return name;
}

function pickSql(pick: RowPick, of: number): string {
  if ('most' in pick) {
    const most = Math.min(pick.most, mostPickedRows);
    return of <= most ? '' : `USING SAMPLE reservoir(${most} ROWS) REPEATABLE (${pick.seed})`;
  }
  if (pick.row > of) throw new SlipwayError('invalid', `There is no row ${pick.row}: the table has ${of}.`);
  return `LIMIT 1 OFFSET ${pick.row - 1}`;
}

function columnOf(columns: readonly TableColumn[], name: string): TableColumn {
  const found = columns.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = columns.map((each) => each.name).join(', ');
  throw new SlipwayError('invalid', `The table has no column ${name}. It has ${names}.`);
}
