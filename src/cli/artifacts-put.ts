// Adds files of this disk to a run.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { SlipwayError } from '../base/errors';
import { bytesText, countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { chooseRun } from './run-choice';

export interface PutOptions extends CommonOptions {
  to: string;
}

interface Upload {
  file: string;
  path: string;
  size: number;
}

/** Throws SlipwayError `not-found` before anything is sent; a file that is in the run already is replaced. */
export async function putArtifacts(
  context: CliContext,
  { run, files }: { run: string; files: readonly string[] },
  options: PutOptions,
): Promise<void> {
  const client = await context.client(options);
  const runId = await chooseRun(client, run);
  const folder = options.to.replace(/\/+$/, '');
  const uploads: Upload[] = [];
  for (const file of files) uploads.push(...(await uploadsOf(resolve(file), folder)));
  for (const { file, path } of uploads) await client.putArtifact(runId, path, createReadStream(file));
  const bytes = uploads.reduce((sum, { size }) => sum + size, 0);
  const items = uploads.map(({ path, size }) => ({ path, size }));
  context.print(
    options,
    { items, next: null },
    `${countText(uploads.length, 'file')} (${bytesText(bytes)}) put into the run.`,
  );
}

async function uploadsOf(file: string, folder: string): Promise<Upload[]> {
  const path = folder === '' ? basename(file) : `${folder}/${basename(file)}`;
  const found = await stat(file).catch((error: unknown) => {
    throw new SlipwayError('not-found', `${file} cannot be read. Nothing was put.`, { cause: error });
  });
  if (!found.isDirectory()) return [{ file, path, size: found.size }];
  const below: Upload[] = [];
  for (const name of (await readdir(file)).sort()) below.push(...(await uploadsOf(`${file}/${name}`, path)));
  return below;
}
