// slipway.yaml in an editor, at one of its lines.
import { join } from 'node:path';
import { commands, Position, Range, Uri } from 'vscode';
import type { EngineSession } from '../session/engine-session';

/** Opens the folder's slipway.yaml; `line` is counted from 1, and null leaves the place as it was. */
export async function openConfig(session: EngineSession, line: number | null): Promise<void> {
  const file = Uri.file(join(session.folder.uri.fsPath, 'slipway.yaml'));
  const at = new Position((line ?? 1) - 1, 0);
  await commands.executeCommand('vscode.open', file, line === null ? {} : { selection: new Range(at, at) });
}
