// git, asked so that it takes no lock of the repository and answers in English.
import { type CapturedOutput, captureOutput } from '../process/captured-output';

/** Milliseconds after which an answer is no longer waited for. */
export const gitPatience = 20_000;

// `status` and `log` fail like a diff when the user's file that orders diffs is missing.
const settings = ['-c', 'core.quotePath=off', '-c', 'diff.orderFile=/dev/null'];

/** What `git ARGS` prints in `folder`, cut at `limit` bytes. Never rejects: a failure to start stands in `failure`. */
export function askGit(folder: string, args: readonly string[], limit: number): Promise<CapturedOutput> {
  // It goes before every option of a diff.
  const { GIT_DIFF_OPTS: _habit, ...env } = process.env;
  return captureOutput('git', [...settings, ...args], {
    cwd: folder,
    env: { ...env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    timeout: gitPatience,
    limit,
  });
}
