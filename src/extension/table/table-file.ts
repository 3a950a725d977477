// The rows of a table as text: on the clipboard, or as a CSV or JSON file.
import { basename, join } from 'node:path';
import { l10n, ProgressLocation, type QuickPickItem, Uri, window } from 'vscode';
import type { EngineClient } from '../../client/engine-client';
import { writeWholeFile } from '../../client/files/whole-file';
import { spreadsheetLine } from '../../protocol/export/spreadsheet-cell';
import { type TableCell, type TableRow, tableColumnOf } from '../../protocol/runs/run-table';
import type { TableFormat } from '../../protocol/runs/table-panel';
import { offerToOpen } from '../saved-file';
import { parquetFile } from './parquet-file';

/** Which rows and columns. */
export interface TablePart {
  runIds: string[];
  columns: string[];
}

/** So many rows are asked for at once. */
const slice = 500;
/** More rows than these are for a file. */
const mostCopied = 20_000;

/**
 * Rows as tab-separated text with a line of names above, their cells unabridged; what would break a line becomes a space.
 * Of very many rows the first, as many as a clipboard takes.
 */
export async function tableText(client: EngineClient, part: TablePart): Promise<{ text: string; rows: number }> {
  const lines = [part.columns.map(columnName).join('\t')];
  for await (const row of rowsOf(client, { ...part, runIds: part.runIds.slice(0, mostCopied) })) {
    lines.push(row.cells.map((cell) => plain(cell).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'));
  }
  return { text: `${lines.join('\n')}\n`, rows: lines.length - 1 };
}

/** Asks for the format and the place, and writes the rows slice by slice. */
export async function exportTable(target: { client: EngineClient; root: string }, part: TablePart): Promise<void> {
  const formats: (QuickPickItem & { format: TableFormat })[] = [
    { label: 'CSV', description: l10n.t('One line a run, for a spreadsheet'), format: 'csv' },
    {
      label: 'Parquet',
      description: l10n.t('Columns with their types, for pandas, DuckDB and their like'),
      format: 'parquet',
    },
    { label: 'JSON', description: l10n.t('One object a run, with its numbers as numbers'), format: 'json' },
  ];
  const title = l10n.t('Export {0} rows', part.runIds.length.toLocaleString('en-US'));
  const chosen = await window.showQuickPick(formats, { title, placeHolder: l10n.t('Format of the file') });
  if (chosen === undefined) return;
  const file = `runs.${chosen.format}`;
  const place = await window.showSaveDialog({
    defaultUri: Uri.file(join(target.root, file)),
    filters: { [chosen.label]: [chosen.format] },
  });
  if (place === undefined) return;
  const rows = rowsOf(target.client, part);
  const content = contentOf(chosen.format, part.columns, rows);
  const progress = { location: ProgressLocation.Window, title: l10n.t('Saving {0}', basename(place.fsPath)) };
  await window.withProgress(progress, () => writeWholeFile(place.fsPath, content));
  void offerToOpen(place);
}

async function* contentOf(
  format: TableFormat,
  columns: readonly string[],
  rows: AsyncIterable<TableRow>,
): AsyncGenerator<string | Buffer> {
  if (format === 'csv') yield* csvOf(columns, rows);
  else if (format === 'json') yield* jsonOf(columns, rows);
  else {
    const named = columns.map((id) => ({ id, name: columnName(id) }));
    yield await parquetFile(named, rows);
  }
}

async function* rowsOf(client: EngineClient, { runIds, columns }: TablePart): AsyncGenerator<TableRow> {
  for (let from = 0; from < runIds.length; from += slice) {
    yield* await client.api.table.cells.mutate({ runIds: runIds.slice(from, from + slice), columns });
  }
}

async function* csvOf(columns: readonly string[], rows: AsyncIterable<TableRow>): AsyncGenerator<string> {
  yield spreadsheetLine(['run_id', ...columns.map(columnName)]);
  for await (const { runId, cells } of rows) yield spreadsheetLine([runId, ...cells]);
}

async function* jsonOf(columns: readonly string[], rows: AsyncIterable<TableRow>): AsyncGenerator<string> {
  let isFirst = true;
  yield '[';
  for await (const { runId, cells } of rows) {
    const named = Object.fromEntries(columns.map((id, place) => [columnName(id), cells[place] ?? null]));
    yield `${isFirst ? '\n' : ',\n'}${JSON.stringify({ run_id: runId, ...named })}`;
    isFirst = false;
  }
  yield '\n]\n';
}

/** What a column is called outside of the table: `params.lr`, `metrics.loss`, `metrics.loss.min`, `started`. */
function columnName(id: string): string {
  const column = tableColumnOf(id);
  if (column === undefined) return id;
  if (column.of === 'fact') return column.key;
  return `${column.of}s.${column.key}${column.of === 'metric' && column.stat !== 'last' ? `.${column.stat}` : ''}`;
}

function plain(cell: TableCell): string {
  return cell === null ? '' : String(cell);
}
