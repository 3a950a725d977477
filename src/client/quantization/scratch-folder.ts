// Where a model lies until it is measured and in its place; a process that was killed leaves its folder behind.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcess } from '../liveness/live-engine';

const name = /^slipway-quantize-(\d+)-/;

/** Makes one for this process, and takes away those of processes that are gone. Throws what the system says. */
export function makeScratch(): string {
  for (const entry of readdirSync(tmpdir())) {
    const pid = Number(name.exec(entry)?.[1]);
    if (pid > 0 && !isProcess(pid, null)) remove(join(tmpdir(), entry));
  }
  return mkdtempSync(join(tmpdir(), `slipway-quantize-${process.pid}-`));
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Somebody else's.
  }
}
