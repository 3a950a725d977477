// Where a workspace's engine answers. Plain code, no schema library: the recorder reads this before every command.
import { readFileSync } from 'node:fs';
import { WorkspaceLayout } from '../protocol/folder/layout';

/** Where an engine answers and the token it asks for. */
export interface EngineAddress {
  url: string;
  token: string;
}

/** The permanent address of `root`, whether or not its engine lives. Undefined before the first start, or when copied. */
export function readAddress(root: string): EngineAddress | undefined {
  try {
    const file: unknown = JSON.parse(readFileSync(new WorkspaceLayout(root).address, 'utf8'));
    const { url, token, workspace } = file as Record<string, unknown>;
    const isSound = typeof url === 'string' && typeof token === 'string' && workspace === root;
    return isSound ? { url, token } : undefined;
  } catch {
    return undefined;
  }
}
