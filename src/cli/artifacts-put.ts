// Adds files of this disk to a run.

import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { SlipwayError } from '../base/errors';
import { withoutEnd } from '../base/text-end';
import { bytesText, countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { chooseRun } from './run-choice';

export interface PutOptions extends CommonOptions {
  to?: string;
}

interface Upload {
  file: string;
  path: string;
  size: number;
}

/**
 * Throws SlipwayError before anything is sent: `not-found`, `invalid` for a pipe, a device or a name that leads out of the
 * run. A file that is in the run already is replaced.
 */
export async function putArtifacts(
  context: CliContext,
  { run, files }: { run: string; files: readonly string[] },
  options: PutOptions,
): Promise<void> {
  const client = await context.client(options);
  const runId = await chooseRun(client, run);
  const folder = withoutEnd(options.to ?? '', /\//);
  // Whoever builds an address of it would take these for steps.
  if (folder.split('/').some((part) => part === '..' || part === '.')) {
    throw new SlipwayError('invalid', `--to ${folder} leads elsewhere. Name a folder of the run. Nothing was put.`);
  }
  const uploads: Upload[] = [];
  for (const file of files) uploads.push(...(await uploadsOf(resolve(file), folder)));
  for (const upload of uploads) {
    const stream = createReadStream(upload.file);
    await client.putArtifact(runId, upload.path, stream);
    // Of a file that is written to meanwhile, what was read of it is there.
    upload.size = stream.bytesRead;
  }
  const bytes = uploads.reduce((sum, { size }) => sum + size, 0);
  const items = uploads.map(({ path, size }) => ({ path, size }));
  context.print(
    options,
    { items, next: null },
    `${countText(uploads.length, 'file')} (${bytesText(bytes)}) put into the run.`,
  );
}

/** `above`: the folders that were gone through on the way to it, links followed. */
async function uploadsOf(file: string, folder: string, above: readonly string[] = []): Promise<Upload[]> {
  const path = folder === '' ? basename(file) : `${folder}/${basename(file)}`;
  const found = await stat(file).catch((error: unknown) => {
    throw new SlipwayError('not-found', `${file} cannot be read. Nothing was put.`, { cause: error });
  });
  if (found.isFile()) return [{ file, path, size: found.size }];
  if (!found.isDirectory()) {
    throw new SlipwayError('invalid', `${file} is a pipe, a socket or a device, and no file. Nothing was put.`);
  }
  const real = await realpath(file);
  if (above.includes(real)) {
    throw new SlipwayError('invalid', `${file} is a link to a folder above it, and so without end. Nothing was put.`);
  }
  const below: Upload[] = [];
  for (const name of (await readdir(file)).sort()) {
    below.push(...(await uploadsOf(`${file}/${name}`, path, [...above, real])));
  }
  return below;
}
