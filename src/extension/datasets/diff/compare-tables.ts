// Which two tables are compared: two files of the Explorer, a file and one that is picked, a version and another.
import { basename } from 'node:path';
import { l10n, type QuickPickItem, type Uri, window } from 'vscode';
import type { DatasetVersion } from '../../../protocol/datasets/dataset';
import type { DiffSide } from '../../../protocol/datasets/table/diff-panel';
import { type ChosenVersion, otherVersions } from '../acts/chosen-rows';
import type { DatasetTools } from '../dataset-tools';
import { versionReference } from '../version-words';

const tables = {
  [l10n.t('Tables')]: ['csv', 'tsv', 'tab', 'json', 'jsonl', 'ndjson', 'parquet', 'pq', 'arrow', 'gz', 'zst'],
};

/** `clicked` is the row of the menu, `selected` all that are selected with it; one alone is compared with a file that is picked. */
export async function compareFiles({ diffs }: DatasetTools, clicked: Uri, selected: Uri[] = []): Promise<void> {
  const other =
    selected.find((each) => each.toString() !== clicked.toString()) ?? (await pickedFile(basename(clicked.fsPath)));
  if (other === undefined) return;
  // What is selected first stands first, as in VS Code's own comparison.
  const isFirst = selected[0]?.toString() === clicked.toString() || selected.length < 2;
  const [before, after] = isFirst ? [clicked, other] : [other, clicked];
  diffs.show({ before: sideOfFile(before), after: sideOfFile(after) });
}

/** What became of a version that the user picks, or of a file, up to this one. */
export async function compareRows({ diffs }: DatasetTools, chosen: ChosenVersion): Promise<void> {
  const { session, version } = chosen;
  const folder = session.folder.uri.toString();
  const aFile: QuickPickItem & { version?: DatasetVersion } = { label: l10n.t('A File…') };
  const items = otherVersions(chosen, version.id).then((versions) => [...versions, aFile]);
  const placeHolder = l10n.t('What is {0} compared with?', versionReference(version));
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDetail: true });
  if (picked === undefined) return;
  const other = picked.version;
  const side = sideOfVersion(folder, version);
  if (other !== undefined) {
    const isOlder = other.created <= version.created;
    const there = sideOfVersion(folder, other);
    diffs.show(isOlder ? { before: there, after: side } : { before: side, after: there });
    return;
  }
  const file = await pickedFile(versionReference(version));
  if (file !== undefined) diffs.show({ before: side, after: sideOfFile(file) });
}

/** A version as a side. */
export function sideOfVersion(folder: string, version: DatasetVersion): DiffSide {
  const { dataset, id } = version;
  return { is: 'version', folder, dataset, version: id, name: versionReference(version) };
}

function sideOfFile({ fsPath }: Uri): DiffSide {
  return { is: 'file', path: fsPath, name: basename(fsPath) };
}

async function pickedFile(with_: string): Promise<Uri | undefined> {
  const title = l10n.t('The table that {0} is compared with', with_);
  const picked = await window.showOpenDialog({ title, filters: tables, openLabel: l10n.t('Compare') });
  return picked?.[0];
}
