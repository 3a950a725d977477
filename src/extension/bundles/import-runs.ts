// Brings in runs: those of another tool's store, or a file that Export Runs… or `slipway export` wrote.
import { basename } from 'node:path';
import { l10n, window } from 'vscode';
import type { ImportResult } from '../../protocol/jobs/job';
import { kindCounts } from '../../protocol/jobs/job-words';
import { mostChanges } from '../../protocol/runs/run-change';
import { countText } from '../../protocol/wording';
import type { CommandTools } from '../commands/command-tools';
import { changeWords } from '../edits/change-words';
import type { EngineSession } from '../session/engine-session';
import { chosenSource } from './import-choice';
import { jobWithProgress } from './job-progress';
import { reasonsText } from './reasons-text';

/** What an offer names: the folder of the window, as the text of its URI, and the store where there is only one. */
export interface ImportOffer {
  folder: string;
  path?: string;
}

/** Asks for a store or a file unless one was offered, and says what came of it. */
export async function importRuns(tools: CommandTools, offer?: ImportOffer): Promise<void> {
  const { sessions } = tools;
  // A menu gives a row or a view instead.
  const isOffer = typeof offer?.folder === 'string';
  const session = isOffer ? sessions.get(offer.folder) : await sessions.chooseRunning();
  if (session === undefined) return;
  const path = (isOffer ? offer.path : undefined) ?? (await chosenSource(tools.offers, session));
  if (path === undefined) return;
  const name = basename(path);
  const request = { job: 'import', file: path, dryRun: false } as const;
  const result = await jobWithProgress<ImportResult>(session.requireClient(), request, l10n.t('Importing {0}', name));
  if (result === undefined) {
    const sentence = l10n.t(
      'The import of {0} was stopped. Runs that are here are whole; import it again to go on.',
      name,
    );
    void window.showInformationMessage(sentence);
    return;
  }
  for (const { name: what, why } of result.refused) tools.log.warn(`Not imported: ${what}: ${why}`);
  await tell(tools, session, { name, result });
}

async function tell(
  tools: CommandTools,
  session: EngineSession,
  { name, result }: { name: string; result: ImportResult },
): Promise<void> {
  const { refused, problems, leftOut, runIds } = result;
  const undo = l10n.t('Undo Import');
  const report = l10n.t('Show Report');
  const isPart = refused.length + problems.length > 0;
  const ways = [...(isPart || leftOut.length > 0 ? [report] : []), ...(runIds.length > 0 ? [undo] : [])];
  const show = isPart ? window.showWarningMessage : window.showInformationMessage;
  const answer = await show(resultText(result), ...ways);
  if (answer === report) await tools.reports.show(name, result);
  if (answer === undo) await takeBack(tools, session, runIds);
}

function resultText({ imported, updated, skipped, points, refused, problems, leftOut }: ImportResult): string {
  const [came, grown, here] = [{ ...imported, point: points }, updated, skipped].map(kindCounts);
  const words = [
    came === '' ? l10n.t('Nothing new was imported.') : l10n.t('Imported {0}.', came ?? ''),
    grown ? l10n.t('Brought up to date: {0}.', grown) : '',
    here ? l10n.t('Already here: {0}.', here) : '',
    reasonsText(l10n.t('Not imported'), refused),
    problems.length > 0 ? l10n.t('{0} could not be read.', countText(problems.length, 'place')) : '',
    leftOut.length > 0 ? l10n.t('Not taken: {0}.', leftOut.map(({ name }) => name).join(', ')) : '',
  ];
  return words.filter((each) => each !== '').join(' ');
}

/** Moves what came in to the trash, in steps that undo takes back like any other. */
async function takeBack({ edits }: CommandTools, session: EngineSession, runIds: readonly string[]): Promise<void> {
  for (let from = 0; from < runIds.length; from += mostChanges) {
    const some = runIds.slice(from, from + mostChanges);
    const changes = some.map((runId) => ({ runId, deleted: true }));
    const says = changeWords(countText(some.length, 'run'), { deleted: true });
    if ((await edits.make({ session, changes, says })) !== undefined) return;
  }
}
