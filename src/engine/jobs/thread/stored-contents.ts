// The contents of artifacts that lie in the workspace, whether or not anything names them.
import { existsSync, readdirSync } from 'node:fs';
import { storedHashes } from '../../../platform/objects/placed-object';
import type { WorkspaceLayout } from '../../../protocol/folder/layout';

/** Their hashes. */
export function storedContents({ objects }: WorkspaceLayout): string[] {
  return storedHashes(objects);
}

/** What lies directly in a folder; nothing when there is none. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
