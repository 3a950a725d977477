// How an engine is found: a permanent address, and a liveness file only while it lives.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { SlipwayError, systemCodeOf } from '../base/errors';
import { newToken } from '../base/ids';
import { isDiskFull } from '../platform/files/disk-fault';
import { processSpace } from '../platform/process/process-mark';
import { type AddressFile, addressFile, type LivenessFile, livenessFile } from '../protocol/folder/engine-files';
import type { WorkspaceLayout } from '../protocol/folder/layout';

/**
 * Makes `.slipway/` and its folders. Throws SlipwayError `read-only` when the folder cannot be written, and what the system
 * says of a full disk.
 */
export function prepareHome(layout: WorkspaceLayout): void {
  try {
    mkdirSync(layout.home, { recursive: true });
    for (const folder of [layout.inbox, layout.logs, layout.objects, layout.runs])
      mkdirSync(folder, { recursive: true });
    // The folder keeps itself out of git, so that nobody has to remember it.
    if (!existsSync(`${layout.home}/.gitignore`)) writeFileSync(`${layout.home}/.gitignore`, '*\n');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new SlipwayError('not-found', `${layout.root} is not a folder.`, { cause: error });
    }
    if (isDiskFull(error)) throw error;
    throw new SlipwayError(
      'read-only',
      `${layout.root} cannot be written to, so runs cannot be kept there. Check the folder's permissions.`,
      { cause: error },
    );
  }
}

/**
 * The workspace's own port and token. A folder copied with its `.slipway` gets new ones, because the address says
 * which folder it is for. `port` 0 means: not chosen yet.
 */
export function readAddress(layout: WorkspaceLayout): { port: number; token: string } {
  const found = readJson(layout.address, addressFile);
  if (found !== undefined && found.workspace === layout.root) return { port: found.port, token: found.token };
  return { port: 0, token: newToken() };
}

/**
 * The token to keep with the port that was got. At another one than before it is a new one: scripts that hold the old
 * address send the old token to whoever has taken that port.
 */
export function tokenAt(port: number, before: { port: number; token: string }): string {
  return before.port === 0 || before.port === port ? before.token : newToken();
}

/** Writes the permanent address, readable by its owner only. */
export function writeAddress(layout: WorkspaceLayout, address: AddressFile): void {
  writePrivately(layout.address, address);
}

/** Says that an engine is up. */
export function writeLiveness(layout: WorkspaceLayout, liveness: Omit<LivenessFile, 'space'>): void {
  writePrivately(layout.liveness, { ...liveness, space: processSpace() });
}

/** Takes this process's liveness file away; the address stays, and so does the file of an engine that came after. */
export function removeLiveness(layout: WorkspaceLayout): void {
  if (readJson(layout.liveness, livenessFile)?.pid === process.pid) rmSync(layout.liveness, { force: true });
}

function readJson<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    // Missing or half-written by a killed process: both mean that there is none.
    return undefined;
  }
}

function writePrivately(path: string, value: unknown): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
  } catch (error) {
    // On a full disk every start would leave one more.
    rmSync(temporary, { force: true });
    throw error;
  }
}
