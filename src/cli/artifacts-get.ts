// Copies a run's files to the disk: each under another name until it is whole, none outside the folder that was named.

import { lstat, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { SlipwayError } from '../base/errors';
import { withoutEnd } from '../base/text-end';
import type { EngineClient } from '../client/engine-client';
import { copyArtifact } from '../client/files/artifact-copy';
import { bytesText, countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { chooseRun } from './run-choice';
import { filesBelow } from './run-files';

export interface GetOptions extends CommonOptions {
  to: string;
  force?: boolean;
}

interface Wanted {
  path: string;
  target: string;
}

/** Throws SlipwayError `not-found`, `already-exists` before anything is copied, `invalid` for a name that leads out. */
export async function getArtifacts(
  context: CliContext,
  { run, path }: { run: string; path: string },
  options: GetOptions,
): Promise<void> {
  const client = await context.client(options);
  const runId = await chooseRun(client, run);
  const root = resolve(options.to);
  const wanted = await wantedFiles(client, { runId, path, root });
  if (wanted.length === 0) throw new SlipwayError('not-found', `The run has no file or folder ${path || 'at all'}.`);
  await mkdir(root, { recursive: true });
  for (const { target } of wanted) await refuseTaken(target, { root, force: options.force ?? false });
  const files: { path: string; file: string; size: number }[] = [];
  for (const { path, target } of wanted) {
    files.push({ path, file: target, size: await copyArtifact(client, { runId, path, target }) });
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  context.print(
    options,
    { items: files, next: null },
    `${countText(files.length, 'file')} (${bytesText(bytes)}) in ${root}`,
  );
}

async function wantedFiles(
  client: EngineClient,
  { runId, path, root }: { runId: string; path: string; root: string },
): Promise<Wanted[]> {
  const named = withoutEnd(path, /\//);
  const found: Wanted[] = [];
  // A folder keeps its name; what is above it is left out.
  const above = named === '' ? 0 : named.length - basename(named).length;
  for await (const entry of filesBelow(client, runId, named)) {
    found.push({ path: entry.path, target: placeBelow(root, entry.path.slice(above)) });
  }
  if (found.length > 0 || named === '') return found;
  await client.api.artifacts.size.query({ runId, path: named });
  return [{ path: named, target: placeBelow(root, basename(named)) }];
}

function placeBelow(root: string, path: string): string {
  const place = join(root, path);
  const below = relative(root, place);
  if (below === '' || below === '..' || below.startsWith(`..${sep}`)) {
    throw new SlipwayError('invalid', `${path} leads out of ${root}, so nothing was copied.`);
  }
  return place;
}

async function refuseTaken(target: string, { root, force }: { root: string; force: boolean }): Promise<void> {
  // A link in the folder could lead out of it.
  const realRoot = await realpath(root);
  for (let at = dirname(target); at.length >= root.length; at = dirname(at)) {
    const real = await realpath(at).catch(() => undefined);
    if (real === undefined) continue;
    if (real !== realRoot && !real.startsWith(realRoot + sep)) {
      throw new SlipwayError('invalid', `${at} is a link out of ${root}, so nothing was copied.`);
    }
    break;
  }
  const there = await lstat(target).catch(() => undefined);
  if (there === undefined || (force && there.isFile())) return;
  throw new SlipwayError('already-exists', `${target} exists, so nothing was copied. --force writes over files.`);
}
