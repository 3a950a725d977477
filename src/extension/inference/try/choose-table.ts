// The table that rows are taken from: a dataset of the workspace, one of its files, or any other file.
import { basename } from 'node:path';
import { l10n, type Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { EngineClient } from '../../../client/engine-client';
import type { DatasetDefinition, DatasetVersion } from '../../../protocol/datasets/dataset';
import { formatOfName, type TableSource } from '../../../protocol/datasets/table-source';
import { versionReference, versionWords } from '../../datasets/version-words';
import type { EngineSessions } from '../../session/engine-sessions';

/** `definition`: what slipway.yaml says of it, where it is a dataset. */
export interface NamedTable {
  name: string;
  source: TableSource;
  definition?: DatasetDefinition;
}

interface TableItem {
  label: string;
  description: string;
  open: () => Promise<NamedTable | undefined>;
}

const mostFiles = 200;
const mostDatasets = 200;

/**
 * Asks the user for it. Undefined when the user turned away. `anyVersion`: of a dataset with several versions also for one of
 * them, in place of the newest. Throws `invalid` for a file of another kind.
 */
export async function chooseTable(
  sessions: EngineSessions,
  placeHolder: string,
  { anyVersion = false } = {},
): Promise<NamedTable | undefined> {
  const known = [...(await datasets(sessions, anyVersion)), ...(await files())];
  const browse: TableItem = { label: l10n.t('Choose a File…'), description: '', open: chooseFile };
  if (known.length === 0) return chooseFile();
  // A page that has just loaded takes the focus: the list stays all the same.
  const options = { placeHolder, matchOnDescription: true, ignoreFocusOut: true };
  const picked = await window.showQuickPick([...known, browse], options);
  return picked?.open();
}

async function datasets(sessions: EngineSessions, anyVersion: boolean): Promise<TableItem[]> {
  const lists = sessions.running.map(async (session): Promise<TableItem[]> => {
    const { api } = session.requireClient();
    const { items } = await api.datasets.list.query({ limit: mostDatasets, page: null });
    return items.map(({ name }) => ({
      label: name,
      description: l10n.t('dataset'),
      open: () => datasetTable(api, name, anyVersion),
    }));
  });
  // Without its datasets, a row of a file can still be chosen.
  return (await Promise.allSettled(lists)).flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
}

/** Throws `not-found` where the dataset has no version yet. */
async function datasetTable(
  api: EngineClient['api'],
  dataset: string,
  anyVersion: boolean,
): Promise<NamedTable | undefined> {
  const { items } = await api.datasets.versions.query({ dataset, limit: anyVersion ? 200 : 1, page: null });
  const [newest] = items;
  if (newest === undefined) throw new SlipwayError('not-found', l10n.t('{0} has no version yet.', dataset));
  const version = items.length === 1 ? newest : await chooseVersion(items);
  if (version === undefined) return undefined;
  const { source, definition } = await api.datasets.table.query({ dataset, version: version.id });
  return { name: anyVersion ? versionReference(version) : dataset, source, definition };
}

async function chooseVersion(versions: readonly DatasetVersion[]): Promise<DatasetVersion | undefined> {
  const items = versions.map((version) => ({
    label: versionReference(version),
    description: versionWords(version, 0),
    version,
  }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which version?'), ignoreFocusOut: true }))?.version;
}

async function files(): Promise<TableItem[]> {
  const found = await workspace.findFiles(
    '**/*.{csv,tsv,parquet,arrow,feather,jsonl,ndjson}',
    '**/{node_modules,.venv,venv,.slipway}/**',
    mostFiles,
  );
  return found.map((file) => ({
    label: basename(file.fsPath),
    description: workspace.asRelativePath(file),
    open: async () => ofFile(file),
  }));
}

async function chooseFile(): Promise<NamedTable | undefined> {
  const [file] = (await window.showOpenDialog({ title: l10n.t('Choose a Table') })) ?? [];
  return file === undefined ? undefined : ofFile(file);
}

function ofFile(file: Uri): NamedTable {
  const name = basename(file.fsPath);
  const format = formatOfName(file.path);
  if (file.scheme !== 'file' || format === undefined) {
    throw new SlipwayError(
      'invalid',
      l10n.t('{0} is no table that can be read: choose CSV, TSV, JSON lines, Parquet or Arrow.', name),
    );
  }
  return { name, source: { files: [file.fsPath], format } };
}
