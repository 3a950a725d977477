// A chart as a file: the drawing as it stands, or every point behind it.
import { join } from 'node:path';
import { l10n, ProgressLocation, type QuickPickItem, Uri, window } from 'vscode';
import type { EngineClient } from '../../../client/engine-client';
import { writeWholeFile } from '../../../client/files/whole-file';
import { everyPage } from '../../../protocol/every-page';
import { spreadsheetLine } from '../../../protocol/export/spreadsheet-cell';
import type { PanelCommands } from '../../../protocol/panel';
import { offerToOpen } from '../../saved-file';

/** Where the file is proposed to go, and whom the points are asked of; those of several runs are told apart by name. */
export interface ExportTarget {
  client: EngineClient;
  runIds: readonly string[];
  /** The workspace folder, if it is on disk. */
  root: string | undefined;
}

const pageSize = 25_000;
type Format = 'png' | 'svg' | 'csv';

/** Asks for the format and the place, and writes the file. */
export async function exportChart(target: ExportTarget, chart: PanelCommands['chart.export']): Promise<void> {
  const chosen = await chooseFormat(chart);
  if (chosen === undefined) return;
  const { format, label } = chosen;
  const file = `${chart.name.replaceAll(/[^\w.-]+/g, '-')}.${format}`;
  const place = await window.showSaveDialog({
    ...(target.root === undefined ? {} : { defaultUri: Uri.file(join(target.root, file)) }),
    filters: { [label]: [format] },
  });
  if (place === undefined) return;
  const progress = { location: ProgressLocation.Window, title: l10n.t('Saving {0}', file) };
  await window.withProgress(progress, () => writeWholeFile(place.fsPath, contentOf(format, chart, target)));
  void offerToOpen(place);
}

async function chooseFormat({ keys, png, csv }: PanelCommands['chart.export']) {
  const pixels = { label: 'PNG', description: l10n.t('The chart as it stands, as pixels'), format: 'png' } as const;
  const formats: (QuickPickItem & { format: Format })[] = [
    ...(png === null ? [] : [pixels]),
    { label: 'SVG', description: l10n.t('The chart as it stands, as a drawing'), format: 'svg' },
    {
      label: 'CSV',
      description: csv === undefined ? l10n.t('Every point of its metrics') : l10n.t('The values behind it'),
      format: 'csv',
    },
  ];
  const placeHolder =
    png === null
      ? l10n.t('The panel could not draw this chart as PNG. Choose SVG for the same chart as a drawing.')
      : l10n.t('Format of the file');
  return window.showQuickPick(formats, { title: l10n.t('Export {0}', keys.join(', ')), placeHolder });
}

async function* contentOf(
  format: Format,
  chart: PanelCommands['chart.export'],
  target: ExportTarget,
): AsyncGenerator<string | Buffer> {
  if (format === 'svg') yield chart.svg;
  else if (format === 'png') yield Buffer.from(chart.png ?? '', 'base64');
  else if (chart.csv !== undefined) yield chart.csv;
  else yield* csvOf(chart.keys, target);
}

/** Page by page, so that a long metric is never held whole. Times are as `isoTime` says them. */
async function* csvOf(keys: readonly string[], { client, runIds }: ExportTarget): AsyncGenerator<string> {
  const isNamed = runIds.length > 1;
  yield `${isNamed ? 'run,' : ''}metric,step,time,seconds,value\n`;
  const { history } = client.api.metrics;
  for (const runId of runIds) {
    const { startTime, name } = await client.api.runs.get.query({ runId });
    for (const key of keys) {
      const head = [...(isNamed ? [name] : []), key];
      for await (const { items } of everyPage((page) => history.query({ runId, key, limit: pageSize, page }))) {
        yield items
          .map(({ step, time, value }) => {
            const seconds = (time - startTime) / 1000;
            return spreadsheetLine([...head, step, isoTime(time), seconds, value]);
          })
          .join('');
      }
    }
  }
}

/** ISO 8601 in UTC; the epoch milliseconds themselves where a calendar has no such day. */
function isoTime(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
