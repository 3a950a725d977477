// Who decides, as git says it. Nobody checks that: the audit log says that it is what was told.
import { execFile } from 'node:child_process';

/** Milliseconds after which git is no longer waited for. */
const patience = 5000;

/** `git config user.email` in `folder`; null where git is not there, or does not say it. Never rejects. */
export function gitIdentity(folder: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('git', ['config', 'user.email'], { cwd: folder, timeout: patience }, (error, said) => {
      const address = said.trim();
      resolve(error === null && address !== '' ? address : null);
    });
  });
}
