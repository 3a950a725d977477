// A pid alone names nobody: the kernel reuses it. A pid with its start mark names one process for good.
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** What tells this process from an earlier or later one with the same pid; null when it is gone or nothing is known. */
export function processMark(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = linuxStat(pid);
    return stat === undefined ? null : `${bootId()}:${stat.start}`;
  }
  if (process.platform === 'win32') return null;
  return psStart(pid) ?? null;
}

/** Names the pids among which this process has its own: those of another container or sandbox mean others. Null: not known. */
export function processSpace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

const askAgainAfter = 30_000;
/** When `ps` last confirmed a pid with its mark: starting it for every look would hold up whoever asks. */
const confirmed = new Map<string, number>();

/** True when the process that had `mark` still runs. Without a mark the pid alone decides. Zombies count as gone. */
export function isProcessAlive(pid: number, mark: string | null): boolean {
  if (process.platform === 'linux') {
    const stat = linuxStat(pid);
    if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return false;
    return mark === null || mark === `${bootId()}:${stat.start}`;
  }
  if (!answersSignal(pid)) return false;
  return mark === null || process.platform === 'win32' || isConfirmed(pid, mark);
}

function isConfirmed(pid: number, mark: string): boolean {
  const key = `${pid} ${mark}`;
  const now = performance.now();
  if (now - (confirmed.get(key) ?? Number.NEGATIVE_INFINITY) < askAgainAfter) return true;
  confirmed.delete(key);
  const start = psStart(pid);
  // What cannot be found out is no evidence against a process that answers.
  if (start !== undefined && start !== mark) return false;
  if (confirmed.size > 1000) confirmed.clear();
  confirmed.set(key, now);
  return true;
}

function linuxStat(pid: number): { state: string; start: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command name may hold spaces and brackets; the fields begin after its last bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

let boot: string | undefined;

function bootId(): string {
  if (boot === undefined) {
    try {
      boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
    } catch {
      boot = '';
    }
  }
  return boot;
}

/** Null when there is no such process, undefined when `ps` does not say. */
function psStart(pid: number): string | null | undefined {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const text = execFileSync('ps', ['-o', 'lstart=,stat=', '-p', String(pid)], {
      encoding: 'utf8',
      env,
      timeout: 2000,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const space = text.lastIndexOf(' ');
    return text === '' || text.slice(space + 1).startsWith('Z') ? null : text.slice(0, space).trim();
  } catch (error) {
    return (error as { status?: unknown }).status === 1 ? null : undefined;
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
