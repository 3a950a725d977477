// A copy of the database as it is at one moment, while it is written to; with artifacts, of everything beside it too.
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { explainDiskFault } from '../../../platform/files/disk-fault';
import { UnfinishedFile } from '../../../platform/files/unfinished-file';
import { copyDatabase } from '../../../platform/sqlite/database-copy';
import { ZipWriter } from '../../../platform/zip/zip-writer';
import { WorkspaceLayout } from '../../../protocol/folder/layout';
import type { BackupResult } from '../../../protocol/jobs/job';
import type { JobGiven } from './job-given';
import type { JobPort } from './job-port';
import { checkTarget } from './target-file';

/** `withArtifacts`: a zip file of the whole of `.slipway` but for logs and the engine's address. */
export interface BackupTerms extends Omit<JobGiven, 'request'> {
  file: string;
  withArtifacts: boolean;
  force: boolean;
}

/** Throws SlipwayError `already-exists` for a file that is there, and what the disk has against it. */
export async function backUp(terms: BackupTerms, port: JobPort): Promise<BackupResult> {
  const { file, withArtifacts, force } = terms;
  checkTarget(terms);
  const copy = new UnfinishedFile(withArtifacts ? `${file}.database` : file);
  try {
    await copyDatabase(terms.database, copy.path, (done, total) => port.progress('copying the database', done, total));
    if (withArtifacts) await packAll(terms, copy.path, port);
    else {
      port.goOn();
      copy.finish({ overwrite: force });
    }
    return { file, bytes: statSync(file).size, withArtifacts };
  } catch (error) {
    throw explainDiskFault(error, file);
  } finally {
    copy.discard();
  }
}

async function packAll({ root, file, force }: BackupTerms, copy: string, port: JobPort): Promise<void> {
  const { home } = new WorkspaceLayout(root);
  const zip = new ZipWriter(file);
  try {
    await zip.add('slipway.db', createReadStream(copy));
    const files = ['objects', 'runs', 'inbox'].flatMap((folder) => filesBelow(home, folder));
    for (const [index, path] of files.entries()) {
      port.progress('copying files', index, files.length);
      // A run that goes on may have taken a file away by now; one that grows is copied as far as it goes.
      if (!existsSync(`${home}/${path}`)) continue;
      await zip.add(path, createReadStream(`${home}/${path}`), { compress: !path.startsWith('objects/') });
    }
    port.goOn();
    await zip.finish({ overwrite: force });
  } catch (error) {
    await zip.abandon();
    throw error;
  }
}

function filesBelow(home: string, folder: string): string[] {
  if (folder === 'objects/tmp' || !existsSync(`${home}/${folder}`)) return [];
  return readdirSync(`${home}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(home, path);
    return entry.isFile() ? [path] : [];
  });
}
