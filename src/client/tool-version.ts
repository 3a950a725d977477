// Which of the programs Slipway makes use of are there.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What `command --version` prints first, undefined when it cannot be run. */
export async function toolVersion(command: string): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, ['--version'], { timeout: 5000 });
    return (stdout || stderr).trim().split('\n')[0];
  } catch {
    return undefined;
  }
}
