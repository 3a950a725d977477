// Reads a damaged database in a process of its own, while no engine runs.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SlipwayError } from '../../base/errors';
import type { SalvageLine, SalvageReport } from '../../protocol/jobs/salvage';
import { chooseNode } from '../node-choice';

/** `bundle` is the folder that holds `salvage.js`, `root` the workspace; `onTable` hears what is read. */
export interface SalvageProcessOptions {
  bundle: string;
  root: string;
  onTable: (table: string) => void;
}

/** What could be read. Throws SlipwayError `conflict` when an engine runs, `unavailable` when the process dies. */
export async function runSalvage({ bundle, root, onTable }: SalvageProcessOptions): Promise<SalvageReport> {
  const node = await chooseNode({ bundle });
  const child = spawn(node.command, [`${bundle}/salvage.js`, root], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...node.env },
    windowsHide: true,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as SalvageLine;
    if ('reading' in line) onTable(line.reading);
    else if ('salvage' in line) return line.salvage;
    else throw new SlipwayError(line.error.code, line.error.message);
  }
  throw new SlipwayError('unavailable', `The damaged database could not be read to its end (${await ended}).`);
}
