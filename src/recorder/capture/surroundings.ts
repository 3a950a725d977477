// What a run used besides its command: code, environment, inputs. Gathered beside the command, never before it.
import { messageOf } from '../../base/errors';
import { readCodeState } from '../../platform/git/code-state';
import { readPythonEnvironment } from '../../platform/python/environment';
import type { NamedVersionInput } from '../../protocol/datasets/launch';
import type { FileDigest } from '../../protocol/run';
import type { RunFolder } from '../run-folder';

/** What is to be described, and who wants to know of each finding. */
export interface SurroundingsOptions {
  folder: RunFolder;
  command: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Paths, and versions of datasets that were named instead of one. */
  inputs: readonly string[];
  versions: readonly NamedVersionInput[];
  onNews: () => void;
  /** Tells the user something, in one sentence. */
  tell: (sentence: string) => void;
}

/**
 * Writes git.json, environment.json and inputs.json, each as soon as it is known. Never throws: what cannot be written
 * is told, once, because the reason is the same for all.
 */
export async function recordSurroundings(options: SurroundingsOptions): Promise<void> {
  const { folder, cwd, env, onNews, tell } = options;
  let isTold = false;
  const record = async (name: 'git' | 'environment' | 'inputs', finding: Promise<unknown>): Promise<void> => {
    const failure = await finding.then((value) => folder.tryWrite(name, value), messageOf);
    if (failure === undefined) onNews();
    else if (!isTold) tell(failure);
    isTold ||= failure !== undefined;
  };
  // Loaded only when there is something to hash: hashing needs the crypto library.
  const inputs = async (): Promise<FileDigest[]> => [
    ...(await (await import('./file-hash')).hashPaths(options.inputs, cwd)),
    ...options.versions.map(versionDigest),
  ];
  await Promise.all([
    record('git', readCodeState(cwd)),
    record('environment', readPythonEnvironment(options.command, { cwd, env })),
    ...(options.inputs.length + options.versions.length === 0 ? [] : [record('inputs', inputs())]),
  ]);
}

/** Nothing is read: the version is its content. */
function versionDigest({ dataset, version, bytes, files }: NamedVersionInput): FileDigest {
  const path = `${dataset}@${version.slice(0, 12)}`;
  return { path, sha256: version, bytes, files, problem: null, written: null, isVersion: true };
}
