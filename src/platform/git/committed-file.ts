// A file as it stands in a commit.
import { closeSync, openSync } from 'node:fs';
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
 * Writes its bytes into the new file `to`, whatever they are and however many. `commit` is any name git knows it by. Throws
 * SlipwayError `not-found` with what git says where there is none.
 */
export async function writeCommittedFile(
  folder: string,
  { commit, path }: { commit: string; path: string },
  to: string,
): Promise<void> {
  const into = openSync(to, 'wx');
  try {
    // `--` cannot stand here: a name that begins like an option is no commit.
    if (commit.startsWith('-')) throw new SlipwayError('invalid', `${commit} is no commit, branch or tag.`);
    const args = ['cat-file', 'blob', `${commit}:${path}`];
    const { code, errors, failure } = await captureOutput('git', args, {
      ...{ cwd: folder, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' } },
      ...{ timeout: 10 * gitPatience, limit: 0, into },
    });
    if (code === 0) return;
    const [why = 'git could not be started'] = (errors.trim() || (failure ?? 'it took too long')).split('\n');
    throw new SlipwayError('not-found', `git has no ${commit}:${path}: ${why}`);
  } finally {
    closeSync(into);
  }
}
