// Brings in a file that Export Runs… or `slipway export` wrote.
import { l10n, window } from 'vscode';
import type { ImportResult } from '../../protocol/jobs/job';
import { kindCounts } from '../../protocol/jobs/job-words';
import type { CommandTools } from '../commands/command-tools';
import { jobWithProgress } from './job-progress';
import { reasonsText } from './reasons-text';

/** Asks for the file and says what came of it; what was refused is named, all of it in the log. */
export async function importRuns({ sessions, log }: CommandTools): Promise<void> {
  const session = await sessions.chooseRunning();
  if (session === undefined) return;
  const [file] =
    (await window.showOpenDialog({
      defaultUri: session.folder.uri,
      filters: { [l10n.t('Slipway runs')]: ['zip'] },
      openLabel: l10n.t('Import'),
      title: l10n.t('Import runs into {0}', session.folder.name),
    })) ?? [];
  if (file === undefined) return;
  const request = { job: 'import', file: file.fsPath, dryRun: false } as const;
  const result = await jobWithProgress<ImportResult>(session.requireClient(), request, l10n.t('Importing runs'));
  if (result === undefined) return;
  const { imported, skipped, refused } = result;
  for (const { name, why } of refused) log.warn(`Not imported: ${name}: ${why}`);
  const here = kindCounts(skipped);
  const came = kindCounts(imported);
  const words = [
    came === '' ? l10n.t('Nothing new was imported.') : l10n.t('Imported {0}.', came),
    here === '' ? '' : l10n.t('Already here: {0}.', here),
    reasonsText(l10n.t('Not imported'), refused),
  ];
  const text = words.filter((each) => each !== '').join(' ');
  if (refused.length === 0) void window.showInformationMessage(text);
  else void window.showWarningMessage(text);
}
