// What a person pastes into a report: versions, how each engine is, settings, the last lines of the log. No token.
import { readFile } from 'node:fs/promises';
import { arch, platform, release } from 'node:os';
import { version as editorVersion, env, l10n, type WorkspaceConfiguration, window, workspace } from 'vscode';
import { messageOf } from '../../base/errors';
import type { EngineSession } from '../session/engine-session';
import type { CommandTools } from './command-tools';

const lines = 50;

/** Puts the diagnostics on the clipboard, and says what they hold. */
export async function copyDiagnostics({ sessions, logFile, version }: CommandTools): Promise<void> {
  const parts = [
    `Slipway ${version}, ${env.appName} ${editorVersion}, Node ${process.versions.node}`,
    `${platform()} ${release()} ${arch()}, ${env.remoteName ?? 'local'}, ${workspace.isTrusted ? 'trusted' : 'restricted'}`,
    ...sessions.all.map(engineLine),
    '',
    'Settings that were changed',
    ...changedSettings(),
    '',
    `Last ${lines} lines of the log`,
    ...(await lastLines(logFile)),
  ];
  const tokens = sessions.all.map(({ client }) => client?.address.token ?? '').filter((token) => token !== '');
  const text = tokens.reduce((written, token) => written.replaceAll(token, '(token)'), parts.join('\n'));
  await env.clipboard.writeText(`${text}\n`);
  window.setStatusBarMessage(
    l10n.t('Diagnostics copied: versions, engine, settings, log. They hold paths, but no token and no data.'),
    8000,
  );
}

function engineLine({ folder, state, client }: EngineSession): string {
  const words = 'message' in state ? `${state.kind}: ${state.message}` : state.kind;
  const engine = state.kind === 'running' ? `, engine ${state.version}, pid ${state.pid}` : '';
  return `${folder.uri.fsPath}: ${words}${engine}${client === undefined ? '' : `, ${client.address.url}`}`;
}

function changedSettings(): string[] {
  const settings = workspace.getConfiguration('slipway');
  const keys = [...leaves(settings)];
  const changed = keys.flatMap((key) => {
    const found = settings.inspect(key);
    const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
    return value === undefined ? [] : [`slipway.${key}: ${JSON.stringify(value)}`];
  });
  return changed.length === 0 ? ['none'] : changed;
}

/** The dotted names of all settings, which the editor gives as nested objects. */
function* leaves(settings: WorkspaceConfiguration | Record<string, unknown>, prefix = ''): Generator<string> {
  for (const [key, value] of Object.entries(settings)) {
    if (typeof value === 'function') continue;
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isGroup) yield* leaves(value as Record<string, unknown>, `${prefix}${key}.`);
    else yield prefix + key;
  }
}

async function lastLines(file: string): Promise<string[]> {
  try {
    const text = await readFile(file, 'utf8');
    return text.trimEnd().split('\n').slice(-lines);
  } catch (error) {
    return [`The log cannot be read: ${messageOf(error)}`];
  }
}
