// Registers a dataset: a file or folder of the Explorer, or what the user says it is.

import { basename, relative, sep } from 'node:path';
import { FileType, l10n, type QuickPickItem, type Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import { withoutEnd } from '../../../base/text-end';
import { type DatasetDefinition, datasetName } from '../../../protocol/datasets/dataset';
import type { BatchCheck, RefreshResult } from '../../../protocol/datasets/dataset-api';
import { bytesText, countText } from '../../../protocol/wording';
import { jobWithProgress } from '../../bundles/job-progress';
import type { EngineSession } from '../../session/engine-session';
import type { DatasetTools } from '../dataset-tools';

/** Asks what is to be registered unless a file or folder was given. */
export async function registerDataset(tools: DatasetTools, given?: Uri): Promise<void> {
  const session = given === undefined ? await tools.sessions.chooseRunning() : await holderOf(tools, given);
  if (session === undefined) return;
  const definition = given === undefined ? await askedDefinition(session) : await definitionOf(session, given);
  if (definition === undefined) return;
  const dataset = await askedName(session, definition);
  if (dataset === undefined) return;
  const request = { job: 'dataset-register', dataset, definition } as const;
  const title = l10n.t('Registering {0}', dataset);
  const result = await jobWithProgress<RefreshResult>(session.requireClient(), request, title);
  if (result === undefined) {
    const nothing = l10n.t('Registering {0} was cancelled. Nothing was registered.', dataset);
    return tellCancelled(tools, session, { dataset, before: null, nothing });
  }
  tellRead(tools, result);
  tools.panels.show({ folder: session.folder.uri.toString(), dataset, version: result.version.id, tab: 'profile' });
}

/** What a cancelled reading was of: `before` is the newest version at its beginning, `nothing` what is said when it landed nothing. */
interface CancelledReading {
  dataset: string;
  before: string | null;
  nothing: string;
}

/** Says what stands of a reading that was cancelled: a version has landed before its checks and its drift begin. */
export async function tellCancelled(
  { view }: DatasetTools,
  session: EngineSession,
  { dataset, before, nothing }: CancelledReading,
): Promise<void> {
  const known = await session
    .requireClient()
    .api.datasets.get.query({ dataset })
    .catch(() => null);
  const landed = known?.latest?.id ?? before;
  view.say(
    landed === before
      ? nothing
      : l10n.t('{0} has a new version. Checking it and measuring its drift was cancelled.', dataset),
  );
}

/** Says what was read of a dataset. */
export function tellRead(tools: DatasetTools, { dataset, version, isNew, notes, check }: RefreshResult): void {
  const rows = version.rows === null ? bytesText(version.bytes) : countText(version.rows, 'row');
  tools.view.say(
    isNew ? l10n.t('{0} has a new version: {1}.', dataset, rows) : l10n.t('{0} has not changed.', dataset),
  );
  if (check?.verdict === 'fail' || check?.verdict === 'error') tellFailing(dataset, check);
  if (notes.length > 0) void window.showWarningMessage(notes.join(' '));
}

/** At most three sentences: the panel has them all. */
function tellFailing(dataset: string, { summary, failures }: BatchCheck): void {
  const shown = failures.slice(0, 3).join(' ');
  void window.showWarningMessage(l10n.t('{0}: {1}. {2}', dataset, summary, shown));
}

/** A folder that is no workspace becomes one when the user agrees. */
async function holderOf({ sessions }: DatasetTools, file: Uri): Promise<EngineSession | undefined> {
  const session = sessions.holding(file);
  if (session === undefined) {
    throw new SlipwayError('invalid', l10n.t('Open the folder that holds {0} to register it.', basename(file.fsPath)));
  }
  if (session.state.kind === 'uninitialized') {
    const initialize = l10n.t('Initialize Workspace');
    const detail = l10n.t('It gets a slipway.yaml, and a folder .slipway for what is recorded.');
    const question = l10n.t('{0} is not a Slipway workspace yet.', session.folder.name);
    if ((await window.showInformationMessage(question, { modal: true, detail }, initialize)) !== initialize) {
      return undefined;
    }
    await session.initialize();
  }
  await session.awaitClient();
  return session;
}

async function definitionOf(session: EngineSession, file: Uri): Promise<DatasetDefinition> {
  const path = relative(session.folder.uri.fsPath, file.fsPath).split(sep).join('/');
  const { type } = await workspace.fs.stat(file);
  return { path: (type & FileType.Directory) === 0 ? path : `${path === '' ? '.' : path}/` };
}

interface Kind extends QuickPickItem {
  ask: (session: EngineSession) => Promise<DatasetDefinition | undefined>;
}

async function askedDefinition(session: EngineSession): Promise<DatasetDefinition | undefined> {
  const kinds: Kind[] = [
    { label: l10n.t('A File or Folder…'), description: 'CSV, TSV, JSON, Parquet, Arrow', ask: askFile },
    { label: l10n.t('A Pattern of Files…'), description: 'data/*.parquet', ask: askPattern },
    { label: l10n.t('A Query over Datasets…'), description: l10n.t('rows of others, chosen in SQL'), ask: askQuery },
    { label: l10n.t('A Web Address…'), description: l10n.t('fetched on demand'), ask: askUrl },
    { label: l10n.t('A Command…'), description: l10n.t('what it prints, on demand'), ask: askCommand },
    { label: l10n.t('A Query over a SQLite File…'), description: l10n.t('on demand'), ask: askSqlite },
  ];
  const picked = await window.showQuickPick(kinds, { placeHolder: l10n.t('What is the dataset?') });
  return picked?.ask(session);
}

async function askFile(session: EngineSession): Promise<DatasetDefinition | undefined> {
  const options = { canSelectFiles: true, canSelectFolders: true, defaultUri: session.folder.uri };
  const [file] = (await window.showOpenDialog({ ...options, openLabel: l10n.t('Register') })) ?? [];
  return file === undefined ? undefined : definitionOf(session, file);
}

async function asked(prompt: string, placeHolder: string): Promise<string | undefined> {
  const text = await window.showInputBox({ prompt, placeHolder, ignoreFocusOut: true });
  return text?.trim() || undefined;
}

async function askPattern(): Promise<DatasetDefinition | undefined> {
  const path = await asked(l10n.t('Files, from the folder of slipway.yaml'), 'data/flights-*.csv');
  return path === undefined ? undefined : { path };
}

async function askQuery(): Promise<DatasetDefinition | undefined> {
  const query = await asked(l10n.t('One query in SQL over datasets by their names'), 'select * from flights');
  return query === undefined ? undefined : { query };
}

async function askUrl(): Promise<DatasetDefinition | undefined> {
  const url = await asked(l10n.t('The address of a table'), 'https://…/flights.csv');
  return url === undefined ? undefined : { source: { url } };
}

async function askCommand(): Promise<DatasetDefinition | undefined> {
  const command = await asked(l10n.t('A command that prints a table'), 'python export.py');
  if (command === undefined) return undefined;
  const formats = ['csv', 'tsv', 'json', 'jsonl', 'parquet'] as const;
  const format = await window.showQuickPick([...formats], { placeHolder: l10n.t('In which format?') });
  const known = formats.find((each) => each === format);
  return known === undefined ? undefined : { source: { command, format: known } };
}

async function askSqlite(session: EngineSession): Promise<DatasetDefinition | undefined> {
  const options = { canSelectFiles: true, defaultUri: session.folder.uri, openLabel: l10n.t('Choose') };
  const [file] = (await window.showOpenDialog(options)) ?? [];
  if (file === undefined) return undefined;
  const query = await asked(l10n.t('One query in SQL over its tables'), 'select * from trips');
  const sqlite = relative(session.folder.uri.fsPath, file.fsPath).split(sep).join('/');
  return query === undefined ? undefined : { source: { sqlite, query } };
}

/** A name that is not taken; the file's own is offered. */
async function askedName(session: EngineSession, definition: DatasetDefinition): Promise<string | undefined> {
  const { items } = await session.requireClient().api.datasets.list.query({ limit: 500 });
  const taken = new Set(items.map(({ name }) => name));
  return window.showInputBox({
    prompt: l10n.t('The name of the dataset, as in slipway.yaml and NAME@VERSION'),
    value: freeName(definition, taken),
    ignoreFocusOut: true,
    validateInput: (name) => {
      if (taken.has(name)) return l10n.t('There is a dataset {0} already. Refresh it to read a new version.', name);
      const read = datasetName.safeParse(name);
      return read.success ? undefined : (read.error.issues[0]?.message ?? l10n.t('This is no name.'));
    },
  });
}

function freeName({ path }: DatasetDefinition, taken: ReadonlySet<string>): string {
  const first = typeof path === 'string' ? path : (path?.[0] ?? '');
  const plain = basename(withoutEnd(first, /\//))
    .replace(/\.(gz|zst)$/i, '')
    .replace(/\.\w+$/, '')
    .replaceAll(/[*?[\]{}@]+/g, '')
    .replaceAll(/^[\s._-]+|[\s._-]+$/g, '');
  const name = plain === '' ? 'data' : plain;
  if (!taken.has(name)) return name;
  const number = [2, 3, 4, 5, 6, 7, 8, 9].find((each) => !taken.has(`${name}-${each}`));
  return number === undefined ? '' : `${name}-${number}`;
}
