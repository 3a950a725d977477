// Puts together what a damaged workspace still has: rows that were salvaged, folders of recorded runs, contents by their
// hashes.
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { erasedRuns, namedContents } from '../../../lifecycle/runs/erasure/store/trash-plan';
import { openForReading } from '../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../protocol/folder/layout';
import type { ImportResult, RepairResult } from '../../../protocol/jobs/job';
import { exportBundle } from './bundle/export';
import { importBundle } from './bundle/import';
import { hashOf } from './bundle/part-text';
import type { JobGiven } from './job-given';
import type { JobPort } from './job-port';

/** `salvaged`: a database with what could be read; null when none was damaged, and only folders are looked at. */
export interface RepairTerms extends Omit<JobGiven, 'request'> {
  salvaged: string | null;
}

const nothing: ImportResult = { imported: {}, skipped: {}, refused: [], missing: [], dryRun: false };
/** Milliseconds in which folders are taken in. */
const patience = 60_000;

/** Says what came back and what did not. Nothing is taken out and nothing written over. */
export async function repairFromSalvage(terms: RepairTerms, port: JobPort): Promise<RepairResult> {
  const recorded = await retakeFolders(terms, port);
  const { imported, skipped, refused, missing } = terms.salvaged === null ? nothing : await bringBack(terms, port);
  const unnamed = await nameContents(terms, port);
  return { imported, skipped, refused, missing, recorded, unnamed };
}

async function bringBack(terms: RepairTerms & { salvaged: string | null }, port: JobPort): Promise<ImportResult> {
  const file = `${new WorkspaceLayout(terms.root).home}/repair/salvaged.zip`;
  const database = terms.salvaged ?? terms.database;
  await exportBundle({ ...terms, database, file, runIds: null, force: true, inPlace: true }, port);
  return importBundle({ ...terms, file, dryRun: false, inPlace: true }, port);
}

/** Recorded runs whose folder is all there is of them. Returns their ids once they are known again. */
async function retakeFolders({ root, database }: RepairTerms, port: JobPort): Promise<string[]> {
  const layout = new WorkspaceLayout(root);
  const reading = openForReading(database);
  try {
    const gone = erasedRuns(reading);
    const folders = namesIn(`${layout.home}/runs`).filter(
      (name) => /^[0-9a-f]{32}$/.test(name) && existsSync(`${layout.run(name)}/run.json`) && !gone.has(name),
    );
    const lost: string[] = [];
    for (const name of folders) if (!(await port.call<boolean>('isHere', name))) lost.push(name);
    if (lost.length === 0) return [];
    await port.call('retake', lost);
    const back = new Set<string>();
    for (const deadline = Date.now() + patience; back.size < lost.length && Date.now() < deadline; await pause(50)) {
      port.progress('taking in recorded runs', back.size, lost.length);
      for (const name of lost) if (await port.call<boolean>('isHere', name)) back.add(name);
    }
    return [...back];
  } finally {
    reading.close();
  }
}

/** Contents that no name is left of become files of a run, so that somebody can look at them. */
async function nameContents(
  { root, database, salvaged }: RepairTerms,
  port: JobPort,
): Promise<{ count: number; run: string | null }> {
  const { objects } = new WorkspaceLayout(root);
  const reading = openForReading(database);
  try {
    const named = namedContents(reading, new Set(), 0);
    // In a sound database such contents are what an import that was cut off has left: gc frees them.
    if (salvaged === null && named.size > 0) return { count: 0, run: null };
    const contents: { sha256: string; size: number }[] = [];
    for (const folder of namesIn(objects).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      for (const rest of namesIn(`${objects}/${folder}`)) {
        const sha256 = folder + rest;
        if (!/^[0-9a-f]{64}$/.test(sha256) || named.has(sha256)) continue;
        port.progress('looking at contents without a name', contents.length, 0);
        const path = `${objects}/${folder}/${rest}`;
        if ((await hashOf(createReadStream(path))).sha256 === sha256)
          contents.push({ sha256, size: statSync(path).size });
      }
    }
    if (contents.length === 0) return { count: 0, run: null };
    return { count: contents.length, run: await port.call<string>('nameContents', contents) };
  } finally {
    reading.close();
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
