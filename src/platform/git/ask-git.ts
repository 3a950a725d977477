// git, asked so that it takes no lock of the repository and answers in English.
import { type CapturedOutput, captureOutput } from '../process/captured-output';

/** Milliseconds after which an answer is no longer waited for. */
export const gitPatience = 20_000;

/** What `git ARGS` prints in `folder`, cut at `limit` bytes. Never rejects: a failure to start stands in `failure`. */
export function askGit(folder: string, args: readonly string[], limit: number): Promise<CapturedOutput> {
  return captureOutput('git', ['-c', 'core.quotePath=off', ...args], {
    cwd: folder,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    timeout: gitPatience,
    limit,
  });
}
