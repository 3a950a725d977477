// A bundle from anybody, judged whole before anything of it is used: its manifest, its names, its sizes, every hash.
import { existsSync, statfsSync } from 'node:fs';
import { SlipwayError } from '../../../../base/errors';
import { contentHash } from '../../../../platform/files/content-hash';
import { ZipReader } from '../../../../platform/zip/zip-reader';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';
import {
  type BundleItem,
  type BundleManifest,
  bundleManifest,
  bundleVersion,
  manifestHead,
  manifestName,
  objectPart,
  type RunFolderFile,
} from '../../../../workspace/bundle/manifest';
import { type PartLine, readLine } from '../../../../workspace/bundle/part-line';
import { currentSchema } from '../../../../workspace/migrations/list';

const mostManifest = 1024 ** 3;
const longestLine = 256 * 1024 ** 2;

/** An opened bundle. */
export class BundleFile {
  readonly manifest: BundleManifest;
  readonly #path: string;
  readonly #zip: ZipReader;
  #files: Map<string, RunFolderFile[]> | undefined;

  private constructor(path: string, zip: ZipReader, manifest: BundleManifest) {
    this.#path = path;
    this.#zip = zip;
    this.manifest = manifest;
  }

  /**
   * `inPlace`: it was made of this very workspace and holds no contents. Throws SlipwayError `not-found`, `invalid` or
   * `newer-schema`.
   */
  static async open(path: string, { inPlace }: { inPlace: boolean }): Promise<BundleFile> {
    const zip = await ZipReader.open(path);
    try {
      const manifest = await readManifest(path, zip);
      const bundle = new BundleFile(path, zip, manifest);
      if (manifest.withoutObjects !== inPlace) throw bundle.#refusal('it lacks the contents of its files');
      bundle.#checkEntries();
      return bundle;
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Reads every part and compares its hash; `progress` hears of bytes. Throws SlipwayError `invalid`. */
  async verify(progress: (done: number, total: number) => void): Promise<void> {
    const parts = this.#parts();
    const total = parts.reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    for (const { name, sha256, size } of parts) {
      progress(done, total);
      const found = await contentHash(this.#zip.read(name));
      if (found.sha256 !== sha256 || found.size !== size) throw this.#refusal(`${name} is not what its hash says`);
      done += size;
    }
  }

  /** The files of a run's folder that are in it. */
  filesOf(runId: string): readonly RunFolderFile[] {
    this.#files ??= Map.groupBy(this.manifest.files, ({ run }) => run);
    return this.#files.get(runId) ?? [];
  }

  /** The bytes of one part. */
  read(name: string): AsyncGenerator<Uint8Array> {
    return this.#zip.read(name);
  }

  /** The lines of an item's part, one at a time. */
  async *lines(item: BundleItem): AsyncGenerator<PartLine> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let rest = '';
    for await (const piece of this.#zip.read(item.part)) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) throw this.#refusal(`a line of ${item.part} has no end`);
      for (const line of lines) yield readLine(line);
    }
    if (rest !== '') throw this.#refusal(`${item.part} ends within a line`);
  }

  /**
   * Throws SlipwayError `too-large` when the disk of `layout` cannot take `items` with their files, and the contents that are
   * not there yet.
   */
  checkSpace(layout: WorkspaceLayout, items: readonly BundleItem[]): void {
    const { objects, withoutObjects } = this.manifest;
    const missing = withoutObjects ? [] : objects.filter(({ sha256 }) => !existsSync(layout.object(sha256)));
    const files = items.flatMap(({ kind, id }) => (kind === 'run' ? this.filesOf(id) : []));
    const needed = [...items, ...files, ...missing].reduce((sum, { size }) => sum + size, 0);
    const { bavail, bsize } = statfsSync(layout.home);
    if (needed <= bavail * bsize) return;
    const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;
    throw new SlipwayError(
      'too-large',
      `What is new in ${this.#path} needs ${megabytes(needed)}, and the disk has ${megabytes(bavail * bsize)} free. Nothing was imported.`,
    );
  }

  close(): void {
    this.#zip.close();
  }

  #parts(): { name: string; sha256: string; size: number }[] {
    const { items, files, objects, withoutObjects } = this.manifest;
    const contents = withoutObjects ? [] : objects;
    return [
      ...[...items, ...files].map(({ part, sha256, size }) => ({ name: part, sha256, size })),
      ...contents.map(({ sha256, size }) => ({ name: objectPart(sha256), sha256, size })),
    ];
  }

  #checkEntries(): void {
    const expected = new Set([manifestName]);
    for (const { name, size } of this.#parts()) {
      if (expected.has(name)) throw this.#refusal(`its manifest names ${name} twice`);
      expected.add(name);
      const found = this.#zip.sizeOf(name);
      if (found === undefined) throw this.#refusal(`${name} is missing`);
      if (found !== size) throw this.#refusal(`${name} has ${found} bytes and not ${size}`);
    }
    const strange = this.#zip.names.find((name) => !expected.has(name));
    if (strange !== undefined) throw this.#refusal(`it holds ${strange}, which its manifest does not name`);
    const known = new Set<string>(Object.values(runFiles));
    const odd = this.manifest.files.find(({ name, run }) => !known.has(name) || !/^[0-9a-f]{32}$/.test(run));
    if (odd !== undefined) throw this.#refusal(`${odd.name} is no file of a run's folder`);
  }

  #refusal(why: string): SlipwayError {
    return refusal(this.#path, why);
  }
}

async function readManifest(path: string, zip: ZipReader): Promise<BundleManifest> {
  const size = zip.sizeOf(manifestName);
  if (size === undefined) throw refusal(path, `it is no bundle of Slipway's: it holds no ${manifestName}`);
  if (size > mostManifest) throw refusal(path, 'its manifest is too large');
  const pieces: Uint8Array[] = [];
  for await (const piece of zip.read(manifestName)) pieces.push(piece);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw refusal(path, 'its manifest is no JSON');
  }
  const head = manifestHead.safeParse(value).data;
  if (head === undefined) throw refusal(path, "it is no bundle of Slipway's");
  if (head.version > bundleVersion) {
    throw new SlipwayError(
      'newer-schema',
      `${path} has format ${head.version}; this Slipway reads up to ${bundleVersion}. Update Slipway.`,
    );
  }
  const read = bundleManifest.safeParse(value);
  if (!read.success) throw refusal(path, `its manifest is not sound (${read.error.issues[0]?.path.join('.')})`);
  if (read.data.schema > currentSchema) {
    throw new SlipwayError(
      'newer-schema',
      `${path} was written by Slipway ${read.data.slipway}, which keeps more than this one knows. Update Slipway.`,
    );
  }
  return read.data;
}

function refusal(path: string, why: string): SlipwayError {
  return new SlipwayError('invalid', `${path} cannot be used: ${why}. Nothing of it was kept; export it again.`);
}
