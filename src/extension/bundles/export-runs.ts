// Writes runs with all that is theirs into one file, for another workspace or for MLflow.
import { basename } from 'node:path';
import { commands, l10n, Uri, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { ExportResult } from '../../protocol/jobs/job';
import { kindCounts } from '../../protocol/jobs/job-words';
import { bytesText } from '../../protocol/wording';
import type { CommandTools } from '../commands/command-tools';
import { type Given, rowsOf } from '../picking/given-rows';
import { bySession } from '../picking/run-groups';
import { runsFor } from '../picking/runs-for';
import type { EngineSession } from '../session/engine-session';
import { jobWithProgress } from './job-progress';
import { reasonsText } from './reasons-text';

/** Asks which runs and where to, unless it was called on rows; then writes the file. */
export async function exportRuns(tools: CommandTools, ...given: Given): Promise<void> {
  const chosen = await chosenRuns(tools, given);
  if (chosen === undefined) return;
  const { session, runIds } = chosen;
  const form = await chosenForm();
  if (form === undefined) return;
  const target = await window.showSaveDialog({
    defaultUri: Uri.joinPath(session.folder.uri, `runs.${form.ending}`),
    filters: { [form.files]: [form.ending] },
    saveLabel: l10n.t('Export'),
    title: runIds === null ? l10n.t('Export all runs') : l10n.t('Export {0} runs', runIds.length),
  });
  if (target === undefined) return;
  // The dialog has asked before it names a file that is there.
  const request = {
    job: 'export',
    file: target.fsPath,
    runIds,
    to: form.to,
    withArtifacts: true,
    force: true,
  } as const;
  const result = await jobWithProgress<ExportResult>(session.requireClient(), request, l10n.t('Exporting runs'));
  if (result === undefined) return;
  for (const { name, why } of result.leftOut) tools.log.warn(`Not exported: ${name}: ${why}`);
  const { objects = 0, ...things } = result.counts;
  const what = kindCounts({ ...things, file: objects });
  const words = [
    l10n.t('Exported {0} ({1}).', what, bytesText(result.bytes)),
    result.folder === null
      ? ''
      : l10n.t('Files of runs are in {0}, which the database names.', basename(result.folder)),
    result.opensIn === null ? '' : l10n.t('For {0}.', result.opensIn),
    reasonsText(l10n.t('Left out'), result.leftOut),
  ];
  const reveal = l10n.t('Reveal in File Explorer');
  const answer = await window.showInformationMessage(words.filter((text) => text !== '').join(' '), reveal);
  if (answer === reveal) await commands.executeCommand('revealFileInOS', target);
}

/** What the file is for. */
function chosenForm() {
  const bundle = {
    label: l10n.t('For Slipway'),
    description: l10n.t('one .zip with everything, to import in another workspace'),
    files: l10n.t('Slipway runs'),
    ending: 'zip',
    to: 'bundle',
  } as const;
  const mlflow = {
    label: l10n.t('For MLflow'),
    description: l10n.t("a database that MLflow's own page opens, and a folder of files beside it"),
    files: l10n.t('MLflow database'),
    ending: 'db',
    to: 'mlflow',
  } as const;
  return window.showQuickPick([bundle, mlflow], { placeHolder: l10n.t('What are they exported for?') });
}

async function chosenRuns(
  tools: CommandTools,
  given: Given,
): Promise<{ session: EngineSession; runIds: string[] | null } | undefined> {
  const rows = rowsOf(tools, given);
  if (rows.length === 0) {
    const all = l10n.t('All Runs');
    const some = l10n.t('Choose Runs…');
    const answer = await window.showQuickPick([all, some], { placeHolder: l10n.t('Which runs are to be exported?') });
    if (answer === undefined) return undefined;
    if (answer === all) {
      const session = await tools.sessions.chooseRunning();
      return session && { session, runIds: null };
    }
    rows.push(...(await runsFor(tools, [], { question: l10n.t('Which runs are to be exported?') })));
  }
  const sessions = bySession(rows);
  if (sessions.size > 1) {
    throw new SlipwayError('invalid', l10n.t('These runs are of different folders. Export runs of one folder.'));
  }
  const [first] = sessions;
  return first && { session: first[0], runIds: first[1].map(({ run }) => run.runId) };
}
