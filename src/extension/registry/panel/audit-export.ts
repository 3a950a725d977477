// What was decided and done with a model, as a file.
import { basename, join } from 'node:path';
import { l10n, ProgressLocation, Uri, window } from 'vscode';
import type { EngineClient } from '../../../client/engine-client';
import { writeWholeFile } from '../../../client/files/whole-file';
import type { AuditRecord } from '../../../protocol/audit/audit';
import { everyPage } from '../../../protocol/every-page';
import { spreadsheetLine } from '../../../protocol/export/spreadsheet-cell';
import { offerToOpen } from '../../saved-file';
import type { DecidedVersion } from '../version-decisions';

const columns = ['record', 'time', 'actor', 'action', 'subject', 'detail', 'prev', 'hash'];

/** Every record of a model and its versions, the newest first, into the CSV or JSON file that the user chooses. Throws the engine's SlipwayError. */
export async function exportAudit({ session, name }: Omit<DecidedVersion, 'version'>): Promise<void> {
  const file = `audit-${name.replaceAll(/[^\w.-]+/g, '-')}.csv`;
  const place = await window.showSaveDialog({
    defaultUri: Uri.file(join(session.folder.uri.fsPath, file)),
    filters: { CSV: ['csv'], JSON: ['json'] },
    title: l10n.t('Export the Audit Trail of {0}', name),
  });
  if (place === undefined) return;
  const records = recordsOf(session.requireClient(), name);
  const content = /\.json$/i.test(place.path) ? jsonOf(records) : csvOf(records);
  const progress = { location: ProgressLocation.Window, title: l10n.t('Saving {0}', basename(place.fsPath)) };
  await window.withProgress(progress, () => writeWholeFile(place.fsPath, content));
  void offerToOpen(place);
}

async function* recordsOf({ api }: EngineClient, subject: string): AsyncGenerator<AuditRecord> {
  for await (const { items } of everyPage((page) => api.audit.list.query({ subject, limit: 500, page }))) yield* items;
}

async function* csvOf(records: AsyncIterable<AuditRecord>): AsyncGenerator<string> {
  yield `${columns.join(',')}\n`;
  for await (const { seq, time, actor, action, subject, detail, prev, hash } of records) {
    const cells = [seq, new Date(time).toISOString(), actor, action, subject, JSON.stringify(detail), prev, hash];
    yield spreadsheetLine(cells);
  }
}

/** As the engine has them: with their hashes, whatever reads them can tell whether one was changed. */
async function* jsonOf(records: AsyncIterable<AuditRecord>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const record of records) {
    yield `${before}${JSON.stringify(record)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
