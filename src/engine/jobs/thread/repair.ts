// Puts together what a damaged workspace still has: rows that were salvaged, folders of recorded runs, contents by their
// hashes.
import { createReadStream, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { dataContents } from '../../../lifecycle/datasets/store/erasure';
import { erasedRuns, namedContents } from '../../../lifecycle/runs/erasure/store/trash-plan';
import { contentHash } from '../../../platform/files/content-hash';
import { openForReading } from '../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../protocol/folder/layout';
import type { ImportResult, NamedReason, RepairResult } from '../../../protocol/jobs/job';
import { exportBundle } from './bundle/export';
import { importBundle } from './bundle/import';
import type { JobGiven } from './job-given';
import type { JobPort } from './job-port';
import { namesIn, storedContents } from './stored-contents';

/** `salvaged`: a database with what could be read; null when none was damaged, and only folders are looked at. */
export interface RepairTerms extends Omit<JobGiven, 'request'> {
  salvaged: string | null;
}

const nothing = { imported: {}, skipped: {}, refused: [], missing: [] };
/** So many contents get a name in one step. */
const namedAtOnce = 500;
/** Milliseconds in which folders are taken in. */
const patience = 60_000;

/** Says what came back and what did not. Nothing is taken out and nothing written over. */
export async function repairFromSalvage(terms: RepairTerms, port: JobPort): Promise<RepairResult> {
  const { salvaged } = terms;
  const { recorded, rejected } = await retakeFolders(terms, port);
  const { imported, skipped, refused, missing } =
    salvaged === null ? nothing : await bringBack({ ...terms, salvaged }, port);
  const unnamed = await nameContents(terms, port);
  const why = `its folder could not be taken in; ${new WorkspaceLayout(terms.root).rejected} says why`;
  const lost: NamedReason[] = [];
  for (const name of rejected) if (!(await port.call<boolean>('isHere', name))) lost.push({ name, why });
  return { imported, skipped, refused: [...refused, ...lost], missing, recorded, unnamed };
}

async function bringBack(terms: RepairTerms & { salvaged: string }, port: JobPort): Promise<ImportResult> {
  const file = `${new WorkspaceLayout(terms.root).repair}/salvaged.zip`;
  await exportBundle({ ...terms, database: terms.salvaged, file, runIds: null, force: true, inPlace: true }, port);
  return importBundle({ ...terms, file, dryRun: false, inPlace: true }, port);
}

/** Recorded runs whose folder is all there is of them: the ids of those that are known again, and of the others. */
async function retakeFolders(
  { root, database }: RepairTerms,
  port: JobPort,
): Promise<{ recorded: string[]; rejected: string[] }> {
  const layout = new WorkspaceLayout(root);
  const reading = openForReading(database);
  try {
    const gone = erasedRuns(reading);
    const folders = namesIn(layout.runs).filter(
      (name) => /^[0-9a-f]{32}$/.test(name) && existsSync(`${layout.run(name)}/run.json`) && !gone.has(name),
    );
    const lost: string[] = [];
    for (const name of folders) if (!(await port.call<boolean>('isHere', name))) lost.push(name);
    if (lost.length === 0) return { recorded: [], rejected: [] };
    await port.call('retake', lost);
    const recorded = new Set<string>();
    const rejected = new Set<string>();
    const done = (): number => recorded.size + rejected.size;
    for (const deadline = Date.now() + patience; done() < lost.length && Date.now() < deadline; await pause(50)) {
      port.progress('taking in recorded runs', done(), lost.length);
      for (const name of lost) {
        if (recorded.has(name) || rejected.has(name)) continue;
        if (await port.call<boolean>('isHere', name)) recorded.add(name);
        else if (existsSync(`${layout.rejected}/${name}`)) rejected.add(name);
      }
    }
    return { recorded: [...recorded], rejected: lost.filter((name) => !recorded.has(name)) };
  } finally {
    reading.close();
  }
}

/** Contents that no name is left of become files of a run, so that somebody can look at them. */
async function nameContents(
  { root, database, salvaged }: RepairTerms,
  port: JobPort,
): Promise<{ count: number; run: string | null }> {
  const layout = new WorkspaceLayout(root);
  const reading = openForReading(database);
  try {
    const artifacts = namedContents(reading, { cutoff: 0, gone: new Set(), spared: new Set() });
    const named = new Set([...artifacts, ...dataContents(reading, { versions: [] })]);
    // In a sound database such contents are what an import that was cut off has left: gc frees them.
    if (salvaged === null && named.size > 0) return { count: 0, run: null };
    const contents: { sha256: string; size: number }[] = [];
    for (const sha256 of storedContents(layout)) {
      if (named.has(sha256)) continue;
      port.progress('looking at contents without a name', contents.length, 0);
      const found = await contentHash(createReadStream(layout.object(sha256)));
      if (found.sha256 === sha256) contents.push(found);
    }
    let run: { runId: string; name: string } | undefined;
    for (let from = 0; from < contents.length; from += namedAtOnce) {
      const some = contents.slice(from, from + namedAtOnce);
      run = await port.call('nameContents', { runId: run?.runId ?? null, contents: some });
    }
    return { count: contents.length, run: run?.name ?? null };
  } finally {
    reading.close();
  }
}
