// Which Node runs the engine and the CLI: a real one when there is one, because native modules are known to crash in
// processes forked from Electron's binary.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SlipwayError } from '../base/errors';

/** A command to start Node with, and what must be added to its environment. */
export interface NodeChoice {
  command: string;
  env: Record<string, string>;
  version: string;
}

/** Where to look. `setting` is what the user chose by hand; `bundle` the folder of the running program. */
export interface NodeChoiceOptions {
  setting?: string;
  bundle: string;
}

/**
 * The first Node ≥ 22.14 of: the setting, this process when it is a real Node, PATH, the build's own; else this
 * process's Electron run as Node. Throws SlipwayError `unavailable` with one sentence when there is none.
 */
export async function chooseNode(options: NodeChoiceOptions): Promise<NodeChoice> {
  if (options.setting) {
    const version = await versionOf(options.setting);
    if (version !== undefined && isNewEnough(version)) return { command: options.setting, env: {}, version };
    throw new SlipwayError(
      'unavailable',
      `The setting slipway.node.path names ${options.setting}, which is not Node 22.14 or newer.`,
    );
  }
  const isElectron = process.versions.electron !== undefined;
  if (!isElectron && isNewEnough(process.versions.node)) {
    return { command: process.execPath, env: {}, version: process.versions.node };
  }
  for (const command of candidates(options.bundle)) {
    const version = await versionOf(command);
    if (version !== undefined && isNewEnough(version)) return { command, env: {}, version };
  }
  if (isElectron && isNewEnough(process.versions.node)) {
    return { command: process.execPath, env: { ELECTRON_RUN_AS_NODE: '1' }, version: process.versions.node };
  }
  throw new SlipwayError(
    'unavailable',
    `Slipway's engine needs Node 22.14 or newer; this is Node ${process.versions.node} and no newer one is on the PATH.`,
  );
}

function candidates(bundle: string): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  const ownBuild = join(dirname(bundle), 'node_modules', '.bin', name);
  return [...new Set([...onPath, ownBuild])].filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ['--version'], { timeout: 5000 });
    return stdout.trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 14);
}
