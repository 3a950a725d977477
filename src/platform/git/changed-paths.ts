// Which files differ between two commits.
import { askGit } from './ask-git';

const sizeLimit = 1024 * 1024;

/** Their paths from the top of the repository; undefined when git cannot say, as of a commit that is not there. */
export async function changedPaths(folder: string, before: string, after: string): Promise<string[] | undefined> {
  const words = ['diff', '--name-only', '-z', '--no-renames', '--no-relative', '--no-ext-diff', before, after, '--'];
  const { code, output, truncated, timedOut } = await askGit(folder, words, sizeLimit);
  return code === 0 && !truncated && !timedOut ? output.split('\0').filter((path) => path !== '') : undefined;
}
