// The entries of datasets in slipway.yaml, as far as they are written by Slipway.
import type { Document } from 'yaml';
import type { DatasetDefinition } from '../../protocol/datasets/dataset';
import { editConfigFile, editedText, refuseShared, removeEmpty } from './config-edit';

/** What to write of one dataset: only the keys named here change, null takes one away; `keys` null takes the entry away. */
export interface DatasetEntryChange {
  name: string;
  keys: { [K in keyof DatasetDefinition]?: DatasetDefinition[K] | null } | null;
}

/**
 * Writes an entry of `datasets:` into the slipway.yaml at `path`, which is made when it is missing. Comments and order stay.
 * Throws as `editConfigFile` does.
 */
export function writeDatasetEntry(path: string, change: DatasetEntryChange): void {
  const what = `The entry of ${change.name} in slipway.yaml`;
  editConfigFile(path, {
    what,
    edit: (text) => editedText(text, (document, plain) => (write(document, change, what) ? undefined : plain)),
  });
}

/** False when nothing changed. */
function write(document: Document, { name, keys }: DatasetEntryChange, what: string): boolean {
  const { isMap } = require('yaml') as typeof import('yaml');
  const entry = ['datasets', name];
  refuseShared(document, entry, what);
  if (keys === null) {
    if (!document.hasIn(entry)) return false;
    document.deleteIn(entry);
    removeEmpty(document, ['datasets']);
    return true;
  }
  const changes = Object.entries(keys).filter(([, value]) => value !== undefined);
  if (!isMap(document.getIn(['datasets'], true))) document.setIn(['datasets'], document.createNode({}));
  const isNew = !document.hasIn(entry);
  if (isNew) document.setIn(entry, document.createNode({}));
  for (const [key, value] of changes) {
    const path = [...entry, key];
    refuseShared(document, path, what);
    if (value === null) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
  }
  return isNew || changes.length > 0;
}
