// A file as it stands in a commit.
import { askGit } from './ask-git';

const sizeLimit = 8 * 1024 * 1024;

/** Its text, undefined when git cannot say or it is larger than 8 MB. `path` begins at the top of the repository. */
export async function committedFile(folder: string, commit: string, path: string): Promise<string | undefined> {
  const { code, output, truncated, timedOut } = await askGit(folder, ['show', `${commit}:${path}`], sizeLimit);
  return code === 0 && !truncated && !timedOut ? output : undefined;
}
