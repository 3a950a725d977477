// The files of a registered version as they lie on the disk now: listed, hashed byte for byte, and laid where they can be run.

import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { SlipwayError } from '../../../../base/errors';
import { withoutEnd } from '../../../../base/text-end';
import type { ModelVersionRow } from '../../../../lifecycle/models/model-version';
import { contentHash } from '../../../../platform/files/content-hash';
import { streamToFile } from '../../../../platform/objects/stream-to-file';
import { modelAmong } from '../../../../protocol/models/registry/model-among';
import type { VersionFile } from '../../../../protocol/models/registry/model-version';
import type { Services } from '../../../services';
import { heeding } from './heeding';
import type { KnownHashes } from './known-hashes';
import { partnersOf } from './model-partners';

type Parts = Pick<Services, 'artifacts' | 'runs'>;

/** Where what gates leave lies among the artifacts of a run. */
export const gateFolder = 'gate';

/** An artifact address and a path below it. `isRun`: all that the run of the version has. */
interface Place {
  artifactUri: string;
  path: string;
  isRun: boolean;
}

const mostFiles = 10_000;

/** Reads each file anew every time: what the database says of a content is no proof of its bytes. */
export class VersionFiles {
  /** `NAME@V`. */
  readonly name: string;
  readonly #parts: Parts;
  readonly #place: Place;
  readonly #paths: readonly string[];

  private constructor(name: string, { parts, place, paths }: { parts: Parts; place: Place; paths: readonly string[] }) {
    this.name = name;
    this.#parts = parts;
    this.#place = place;
    this.#paths = paths;
  }

  /** Throws SlipwayError `not-found` where the files are not kept in this workspace. */
  static async of(parts: Parts, row: ModelVersionRow): Promise<VersionFiles> {
    const name = `${row.name}@${row.version}`;
    const absent = (cause?: unknown): SlipwayError =>
      new SlipwayError('not-found', `The files of ${name} are not kept in this workspace: ${row.source}.`, { cause });
    const place = placeOf(row, parts);
    if (place === undefined) throw absent();
    try {
      const below = await filesBelow(parts, place, '');
      const found = below.length > 0 ? { place, paths: below } : await fileAlone(parts, place);
      if (found.paths.length === 0) throw absent();
      return new VersionFiles(name, { parts, place: found.place, paths: found.paths });
    } catch (error) {
      if (SlipwayError.is(error, 'forbidden') || SlipwayError.is(error, 'invalid')) throw absent(error);
      throw error;
    }
  }

  /** Throws when it is taken back, and SlipwayError `damaged` for a content that is gone. `known`: files that did not change since are not read. */
  async hashed(signal: AbortSignal, known?: KnownHashes): Promise<VersionFile[]> {
    const files: VersionFile[] = [];
    for (const path of this.#paths) {
      const stream = await this.#open(path);
      files.push({ path, ...(await (known?.of(stream, signal) ?? contentHash(heeding(stream, signal)))) });
    }
    return files;
  }

  /** Copies all of them into `folder`; the hashes are of what was copied. */
  async copied(folder: string, signal: AbortSignal): Promise<VersionFile[]> {
    const files: VersionFile[] = [];
    for (const path of this.#paths) {
      const to = join(folder, path);
      await mkdir(dirname(to), { recursive: true });
      files.push({ path, ...(await copied(heeding(await this.#open(path), signal), to)) });
    }
    return files;
  }

  /** The path of the ONNX model among them. Throws SlipwayError `not-found` where there is none, `invalid` for several. */
  model(): string {
    return modelAmong(this.name, this.#paths);
  }

  async #open(path: string): Promise<Readable> {
    const { artifactUri, path: above } = this.#place;
    return (await this.#parts.artifacts.findOf(artifactUri, posix.join(above, path))).open();
  }
}

/** Files below a place, by their paths from there, in one order. */
async function filesBelow(parts: Parts, place: Place, path: string): Promise<string[]> {
  const found: string[] = [];
  const from = place.path === '' ? '' : `${place.path}/`;
  for (const entry of await parts.artifacts.listOf(place.artifactUri, `${from}${path}`.replace(/\/$/, ''))) {
    const own = entry.path.slice(from.length);
    // What gates of this very version left in its run is no part of it.
    if (own === gateFolder && place.isRun) continue;
    found.push(...(entry.isDirectory ? await filesBelow(parts, place, own) : [own]));
    if (found.length > mostFiles) throw new SlipwayError('too-large', `There are more than ${mostFiles} files.`);
  }
  return found.sort();
}

/** A version that is one file: that file, and what lies beside it and goes with it. */
async function fileAlone(parts: Parts, { artifactUri, path }: Place): Promise<{ place: Place; paths: string[] }> {
  const [, above = '', file = ''] = /^(.*)\/([^/]+)$/.exec(path === '' ? artifactUri : `/${path}`) ?? [];
  const place = path === '' ? { artifactUri: above, path: '' } : { artifactUri, path: above.slice(1) };
  const entries = await parts.artifacts.listOf(place.artifactUri, place.path);
  const names = entries.filter(({ isDirectory }) => !isDirectory).map((entry) => posix.basename(entry.path));
  return { place: { ...place, isRun: false }, paths: names.includes(file) ? partnersOf(file, names) : [] };
}

/** Where the files of a version lie: the address of their folder, or of the one file; undefined where they are not kept here. `isRun`: all that its run has. */
export function versionAddress(
  version: Pick<ModelVersionRow, 'storageLocation' | 'runId'>,
  parts: Pick<Services, 'runs'>,
): { address: string; isRun: boolean } | undefined {
  const place = placeOf(version, parts);
  if (place === undefined) return undefined;
  return { address: place.path === '' ? place.artifactUri : `${place.artifactUri}/${place.path}`, isRun: place.isRun };
}

function placeOf(
  { storageLocation, runId }: Pick<ModelVersionRow, 'storageLocation' | 'runId'>,
  { runs }: Pick<Services, 'runs'>,
): Place | undefined {
  const run = runs.findRun(runId);
  const [, named, below = ''] = /^runs:\/+([^/]+)\/?(.*)$/s.exec(storageLocation) ?? [];
  const artifactUri = withoutSlash(named === undefined ? storageLocation : (runs.findRun(named)?.artifactUri ?? ''));
  const path = withoutSlash(below);
  const isRun = path === '' && run !== undefined && artifactUri === withoutSlash(run.artifactUri);
  return artifactUri === '' ? undefined : { artifactUri, path, isRun };
}

function withoutSlash(text: string): string {
  return withoutEnd(text, /\//);
}

async function copied(source: AsyncIterable<Uint8Array>, to: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  const size = await streamToFile(source, to, (piece) => hash.update(piece));
  return { sha256: hash.digest('hex'), size };
}
