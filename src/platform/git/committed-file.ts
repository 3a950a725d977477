// A file as it stands in a commit.
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { captureOutput } from '../process/captured-output';
import { askGit, gitPatience } from './ask-git';

const sizeLimit = 8 * 1024 * 1024;

/** Its text, undefined when git cannot say or it is larger than 8 MB. `path` begins at the top of the repository. */
export async function committedFile(folder: string, commit: string, path: string): Promise<string | undefined> {
  const { code, output, truncated, timedOut } = await askGit(folder, ['show', `${commit}:${path}`], sizeLimit);
  return code === 0 && !truncated && !timedOut ? output : undefined;
}

/**
 * Writes its bytes into the new file `to`, whatever they are and however many; of a file that Git LFS keeps those that it
 * stands for. `commit` is any name git knows it by. Throws SlipwayError `not-found` with what git says where there is none.
 */
export async function writeCommittedFile(
  folder: string,
  file: { commit: string; path: string },
  to: string,
): Promise<void> {
  // `--` cannot stand here: a name that begins like an option is no commit.
  if (file.commit.startsWith('-')) throw new SlipwayError('invalid', `${file.commit} is no commit, branch or tag.`);
  await written(folder, file, { to, how: ['blob'] });
  if (!isPointer(to)) return;
  rmSync(to);
  await written(folder, file, { to, how: ['--filters'] });
  if (!isPointer(to)) return;
  const sentence = `${file.commit}:${file.path} is kept by Git LFS, and its bytes are not here. Install git-lfs and run \`git lfs fetch origin ${file.commit}\`.`;
  throw new SlipwayError('not-found', sentence);
}

/**
 * A path in a commit as git keeps it, from the top of the repository: git reads `./` and `../` at its beginning from `folder`.
 * Throws SlipwayError `invalid` for one that leaves the repository.
 */
export async function pathInRepository(folder: string, path: string): Promise<string> {
  const isFromFolder = /^\.\.?\//.test(path);
  const prefix = isFromFolder ? await askGit(folder, ['rev-parse', '--show-prefix'], 10_000) : undefined;
  const whole = posix.normalize(`${prefix?.output.trimEnd() ?? ''}${path}`).replace(/\/$/, '');
  if (!/^(\.\.)?(\/|$)|^\.$/.test(whole)) return whole;
  const sentence = `${path} is no file of the repository: name it from the top of it, as models/model.onnx, or from the folder of slipway.yaml, as ./model.onnx.`;
  throw new SlipwayError('invalid', sentence);
}

/** Whether git knows the commit, and neither it nor those before it, as far as they are here, have that file. */
export async function neverHeld(folder: string, { commit, path }: { commit: string; path: string }): Promise<boolean> {
  if (commit.startsWith('-')) return false;
  const found = await askGit(folder, ['log', '-1', '--format=%H', commit, '--', `:(top,literal)${path}`], 100);
  return found.code === 0 && found.output.trim() === '';
}

async function written(
  folder: string,
  { commit, path }: { commit: string; path: string },
  { to, how }: { to: string; how: readonly string[] },
): Promise<void> {
  const into = openSync(to, 'wx');
  try {
    const { code, errors, failure } = await captureOutput('git', ['cat-file', ...how, `${commit}:${path}`], {
      ...{ cwd: folder, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' } },
      ...{ timeout: 10 * gitPatience, limit: 0, into },
    });
    if (code === 0) return;
    const [why = 'git could not be started'] = (errors.trim() || (failure ?? 'it took too long')).split('\n');
    const more = (await isShallow(folder)) ? ` ${shallowAdvice(commit)}` : '';
    throw new SlipwayError('not-found', `git has no ${commit}:${path}: ${why}${more}`);
  } finally {
    closeSync(into);
  }
}

/** What stands in a commit for a file that Git LFS keeps elsewhere. */
function isPointer(file: string): boolean {
  return (
    statSync(file).size < 1024 && readFileSync(file, 'utf8').startsWith('version https://git-lfs.github.com/spec/')
  );
}

async function isShallow(folder: string): Promise<boolean> {
  return (await askGit(folder, ['rev-parse', '--is-shallow-repository'], 100)).output.trim() === 'true';
}

function shallowAdvice(commit: string): string {
  const remote = /^origin\/(.+)$/.exec(commit);
  const branch = remote?.[1];
  const fetch =
    branch === undefined
      ? 'git fetch --unshallow'
      : `git fetch --depth 1 origin "+refs/heads/${branch}:refs/remotes/origin/${branch}"`;
  return `This clone has only its newest commits: run \`${fetch}\` before, or let CI clone all of them (fetch-depth: 0 of actions/checkout, GIT_DEPTH: "0" of GitLab).`;
}
