// The table that rows are taken from: a dataset of the workspace, one of its files, or any other file.
import { basename } from 'node:path';
import { l10n, type Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import { formatOfName, type TableSource } from '../../../protocol/datasets/table-source';
import type { EngineSessions } from '../../session/engine-sessions';

interface NamedTable {
  name: string;
  source: TableSource;
}

interface TableItem {
  label: string;
  description: string;
  open: () => Promise<NamedTable | undefined>;
}

const mostFiles = 200;
const mostDatasets = 200;

/** Asks the user for it. Undefined when the user turned away. Throws `invalid` for a file of another kind. */
export async function chooseTable(sessions: EngineSessions, placeHolder: string): Promise<NamedTable | undefined> {
  const known = [...(await datasets(sessions)), ...(await files())];
  const browse: TableItem = { label: l10n.t('Choose a File…'), description: '', open: chooseFile };
  if (known.length === 0) return chooseFile();
  const picked = await window.showQuickPick([...known, browse], { placeHolder, matchOnDescription: true });
  return picked?.open();
}

async function datasets(sessions: EngineSessions): Promise<TableItem[]> {
  const lists = sessions.running.map(async (session): Promise<TableItem[]> => {
    const { api } = session.requireClient();
    const { items } = await api.datasets.list.query({ limit: mostDatasets, page: null });
    return items.map(({ name }) => ({
      label: name,
      description: l10n.t('dataset'),
      open: async () => {
        const { items: versions } = await api.datasets.versions.query({ dataset: name, limit: 1, page: null });
        const [version] = versions;
        if (version === undefined) throw new SlipwayError('not-found', l10n.t('{0} has no version yet.', name));
        return { name, ...(await api.datasets.table.query({ dataset: name, version: version.id })) };
      },
    }));
  });
  // Without its datasets, a row of a file can still be chosen.
  return (await Promise.allSettled(lists)).flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
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
  const [file] = (await window.showOpenDialog({ title: l10n.t('Row from Dataset') })) ?? [];
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
