// Whether a folder's engine lives, told without asking it: whoever else got its port must not be sent its token.
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { WorkspaceLayout } from '../../protocol/folder/layout';

/** The process that says it serves `root`, as it wrote; undefined when none says so. */
export function liveness(
  root: string,
): { pid: number; url: string; mark: string | null; space: string | null } | undefined {
  const { pid, url, mark, space } = read(new WorkspaceLayout(root).liveness);
  if (typeof pid !== 'number' || typeof url !== 'string') return undefined;
  return { pid, url, mark: textOrNull(mark), space: textOrNull(space) };
}

/** False when the engine of `root` is provably not the one that answers at `url`. Starts no process and asks nobody. */
export function mayAnswerAt(root: string, url: string): boolean {
  const said = liveness(root);
  if (said === undefined || said.url !== url) return false;
  return isElsewhere(said.space) || isProcess(said.pid, said.mark);
}

/** True for a process of another container or sandbox, which cannot be seen from here. */
export function isElsewhere(space: string | null): boolean {
  if (space === null) return false;
  try {
    return readlinkSync('/proc/self/ns/pid') !== space;
  } catch {
    return true;
  }
}

/** The other folder whose very `.slipway` that of `root` is, by a link, when an engine was last given it for that one. */
export function sharedWith(root: string): string | undefined {
  const { workspace } = read(new WorkspaceLayout(root).address);
  if (typeof workspace !== 'string' || workspace === root) return undefined;
  try {
    const [own, other] = [root, workspace].map((each) => statSync(new WorkspaceLayout(each).home));
    return own?.ino === other?.ino && own?.dev === other?.dev ? workspace : undefined;
  } catch {
    // The folder was moved: its engine ends by itself.
    return undefined;
  }
}

/**
 * Whether a process has that pid, and the `mark` where one is known. As platform/process/process-mark.ts knows it, where
 * that takes no process; the client sees nothing of the platform.
 */
export function isProcess(pid: number, mark: string | null): boolean {
  try {
    if (process.platform !== 'linux') return process.kill(pid, 0);
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return false;
    return mark === null || mark === `${bootId()}:${fields[19] ?? ''}`;
  } catch {
    // Gone, or another user's.
    return false;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
  } catch {
    return '';
  }
}

function read(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
