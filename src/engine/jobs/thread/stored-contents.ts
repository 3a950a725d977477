// The contents of artifacts that lie in the workspace, whether or not anything names them.
import { existsSync, readdirSync } from 'node:fs';
import type { WorkspaceLayout } from '../../../protocol/folder/layout';

/** Their hashes. */
export function storedContents({ objects }: WorkspaceLayout): string[] {
  return namesIn(objects)
    .filter((folder) => /^[0-9a-f]{2}$/.test(folder))
    .flatMap((folder) => namesIn(`${objects}/${folder}`).map((rest) => `${folder}${rest}`))
    .filter((hash) => /^[0-9a-f]{64}$/.test(hash));
}

/** What lies directly in a folder; nothing when there is none. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
