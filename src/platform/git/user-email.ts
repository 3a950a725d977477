// Who git says is working in a folder. Nobody checks that.
import { askGit } from './ask-git';

const sizeLimit = 10_000;

/** `git config user.email`; null where git is not there, or does not say it. Never rejects. */
export async function userEmail(folder: string): Promise<string | null> {
  const { code, output } = await askGit(folder, ['config', 'user.email'], sizeLimit);
  return code === 0 ? output.trim() : null;
}
