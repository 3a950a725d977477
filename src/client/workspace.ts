// Which folder a command is about.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SlipwayError } from '../base/errors';
import { WorkspaceLayout } from '../protocol/folder/layout';

/** The nearest folder, from `start` upwards, that holds `.slipway/` or `slipway.yaml`; undefined when there is none. */
function findWorkspace(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (isWorkspace(folder)) return realpathSync(folder);
    if (dirname(folder) === folder) return undefined;
  }
}

/** True when `folder` itself holds `.slipway/` or `slipway.yaml`. */
export function isWorkspace(folder: string): boolean {
  return existsSync(`${folder}/.slipway`) || existsSync(`${folder}/slipway.yaml`);
}

/**
 * The workspace a verb works in: `--workspace DIR`, else the nearest parent. Throws SlipwayError `no-workspace` naming
 * `slipway init` when there is none, `not-found` when DIR is not a folder.
 */
export function requireWorkspace(named: string | undefined, cwd: string): WorkspaceLayout {
  if (named !== undefined) return new WorkspaceLayout(requireFolder(named, true));
  const found = findWorkspace(cwd);
  if (found === undefined) {
    throw new SlipwayError(
      'no-workspace',
      `${cwd} is not in a Slipway workspace. Run \`slipway init\` in your project's folder first.`,
    );
  }
  return new WorkspaceLayout(found);
}

/** The real path of `folder`. Throws SlipwayError `not-found` when it is no folder, `no-workspace` when it must be one. */
export function requireFolder(folder: string, mustBeWorkspace: boolean): string {
  const path = resolve(folder);
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new SlipwayError('not-found', `${path} is not a folder.`);
  if (mustBeWorkspace && !isWorkspace(path)) {
    throw new SlipwayError(
      'no-workspace',
      `${path} is not a Slipway workspace. Run \`slipway init --workspace ${path}\` first.`,
    );
  }
  return realpathSync(path);
}
