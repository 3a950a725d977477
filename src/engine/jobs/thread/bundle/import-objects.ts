// Contents of artifacts from a bundle into the store. They lie under their hashes, so one that nothing comes to name is
// only space, and is freed when the import is over.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainDiskFault } from '../../../../platform/files/disk-fault';
import { streamToFile } from '../../../../platform/objects/stream-to-file';
import type { WorkspaceLayout } from '../../../../protocol/folder/layout';
import { objectPart } from '../../../../workspace/bundle/manifest';
import type { JobPort } from '../job-port';
import type { BundleFile } from './bundle-file';

/** Brings in what is not there; returns the hashes of all that is there then. */
export async function importObjects(
  { bundle, layout }: { bundle: BundleFile; layout: WorkspaceLayout },
  port: JobPort,
): Promise<Set<string>> {
  const { objects, withoutObjects } = bundle.manifest;
  const there = new Set<string>();
  const added: string[] = [];
  try {
    for (const [index, { sha256 }] of objects.entries()) {
      port.progress('copying artifacts', index, objects.length);
      if (existsSync(layout.object(sha256))) there.add(sha256);
      if (withoutObjects || there.has(sha256)) continue;
      await copyWhole(bundle, sha256, layout);
      added.push(sha256);
      there.add(sha256);
    }
    return there;
  } finally {
    if (added.length > 0) await port.call('objectsAdded', added);
  }
}

async function copyWhole(bundle: BundleFile, sha256: string, layout: WorkspaceLayout): Promise<void> {
  const place = layout.object(sha256);
  const temporary = `${layout.objects}/tmp/import-${process.pid}-${sha256}`;
  try {
    mkdirSync(`${layout.objects}/tmp`, { recursive: true });
    mkdirSync(dirname(place), { recursive: true });
    rmSync(temporary, { force: true });
    await streamToFile(bundle.read(objectPart(sha256)), temporary);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw explainDiskFault(error, layout.objects);
  }
}
