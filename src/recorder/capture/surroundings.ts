// What a run used besides its command: code, environment, inputs. Gathered beside the command, never before it.
import { messageOf } from '../../base/errors';
import { readCodeState } from '../../platform/git/code-state';
import { readPythonEnvironment } from '../../platform/python/environment';
import type { RunFolder } from '../run-folder';

/** What is to be described, and who wants to know of each finding. */
export interface SurroundingsOptions {
  folder: RunFolder;
  command: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  inputs: readonly string[];
  onNews: () => void;
}

/** Writes git.json, environment.json and inputs.json, each as soon as it is known. Never throws. */
export async function recordSurroundings(options: SurroundingsOptions): Promise<void> {
  const { folder, cwd, onNews } = options;
  const record = async (name: 'git' | 'environment' | 'inputs', finding: Promise<unknown>): Promise<void> => {
    if (folder.tryWrite(name, await finding) === undefined) onNews();
  };
  const place = { cwd, env: options.env };
  await Promise.all([
    record(
      'git',
      readCodeState(cwd).catch((error: unknown) => ({ ...noCode, problem: messageOf(error) })),
    ),
    record(
      'environment',
      readPythonEnvironment(options.command, place).catch((error: unknown) => ({
        ...noPython,
        problem: messageOf(error),
      })),
    ),
    // Loaded only when there is something to hash: hashing needs the crypto library.
    ...(options.inputs.length === 0
      ? []
      : [
          record(
            'inputs',
            import('./file-hash').then(({ hashPaths }) => hashPaths(options.inputs, cwd)),
          ),
        ]),
  ]).catch(() => undefined);
}

const noCode = {
  commit: null,
  branch: null,
  subject: null,
  dirty: null,
  diff: null,
  diffTruncated: false,
  untracked: [],
};
const noPython = { interpreter: null, version: null, packages: [] };
