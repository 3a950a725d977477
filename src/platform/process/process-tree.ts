// What a command and everything it started use together: CPU time so far and memory now.
import { readdirSync, readFileSync } from 'node:fs';
import { captureOutput } from './captured-output';

/** One process as far as accounting needs it: CPU seconds since its start, resident bytes. */
export interface ProcessUse {
  pid: number;
  parent: number;
  cpuSeconds: number;
  memory: number;
}

/** Linux gives user space hundredths of a second, whatever its own clock does. */
const ticksPerSecond = 100;

/** The process `root` and all its descendants; empty when it is gone. */
export async function processTree(root: number): Promise<ProcessUse[]> {
  if (process.platform !== 'linux') return descendants(root, await psProcesses());
  return descendants(root, linuxProcesses()).map((each) => ({ ...each, memory: linuxMemory(each.pid) }));
}

function descendants(root: number, all: readonly ProcessUse[]): ProcessUse[] {
  const children = new Map<number, ProcessUse[]>();
  for (const each of all) {
    const siblings = children.get(each.parent);
    if (siblings === undefined) children.set(each.parent, [each]);
    else siblings.push(each);
  }
  const found = all.filter((each) => each.pid === root);
  for (const each of found) found.push(...(children.get(each.pid) ?? []));
  return found;
}

function linuxProcesses(): ProcessUse[] {
  const found: ProcessUse[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const use = linuxProcess(Number(name));
    if (use !== undefined) found.push(use);
  }
  return found;
}

function linuxProcess(pid: number): ProcessUse | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (index: number): number => Number(fields[index] ?? 0);
    return { pid, parent: at(1), cpuSeconds: (at(11) + at(12)) / ticksPerSecond, memory: 0 };
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
}

/** Resident bytes; asked only of the few that count. The other file counts in pages, whose size differs. */
function linuxMemory(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function psProcesses(): Promise<ProcessUse[]> {
  if (process.platform === 'win32') return [];
  const { output } = await captureOutput('ps', ['-axo', 'pid=,ppid=,rss=,time='], { timeout: 5000, limit: 4_000_000 });
  return output.split('\n').flatMap((line) => {
    const [pid, parent, kilobytes, time] = line.trim().split(/\s+/);
    if (pid === undefined || parent === undefined || kilobytes === undefined || time === undefined) return [];
    return [{ pid: Number(pid), parent: Number(parent), memory: Number(kilobytes) * 1024, cpuSeconds: seconds(time) }];
  });
}

/** `[[dd-]hh:]mm:ss[.ff]` in seconds. */
function seconds(time: string): number {
  const [days, rest] = time.includes('-') ? time.split('-', 2) : ['0', time];
  const clock = (rest ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days) * 86_400 + clock;
}
