// A file as it stands in a commit.
import { captureOutput } from '../process/captured-output';

const sizeLimit = 8 * 1024 * 1024;
const timeout = 20_000;

/** Its text, undefined when git cannot say or it is larger than 8 MB. `path` begins at the top of the repository. */
export async function committedFile(folder: string, commit: string, path: string): Promise<string | undefined> {
  const { code, output, truncated, timedOut } = await captureOutput('git', ['show', `${commit}:${path}`], {
    cwd: folder,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    timeout,
    limit: sizeLimit,
  }).catch(() => ({ code: null, output: '', truncated: true, timedOut: false }));
  return code === 0 && !truncated && !timedOut ? output : undefined;
}
