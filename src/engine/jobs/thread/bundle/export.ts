// Writes a bundle from one moment of the database: what is logged meanwhile is not in it.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { SlipwayError } from '../../../../base/errors';
import { slipwayVersion } from '../../../../base/version';
import { proxiedFolder } from '../../../../lifecycle/runs/artifacts/proxied-folder';
import { type Database, openForReading } from '../../../../platform/sqlite/database';
import { ZipWriter } from '../../../../platform/zip/zip-writer';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';
import type { ExportResult, NamedReason } from '../../../../protocol/jobs/job';
import { type BundleManifest, bundleVersion, manifestName, objectPart } from '../../../../workspace/bundle/manifest';
import { currentSchema } from '../../../../workspace/migrations/list';
import type { JobGiven } from '../job-given';
import type { JobPort } from '../job-port';
import { checkTarget } from '../target-file';
import { type Chosen, chosenThings } from './bundle-kinds';
import { filesOfRun, partBytes } from './part-bytes';

/**
 * `runIds` null: all. `inPlace`: for a repair of the same workspace, with the trash, and without the contents of artifacts,
 * which stay where they are.
 */
export interface ExportTerms extends Omit<JobGiven, 'request'> {
  file: string;
  runIds: readonly string[] | null;
  force: boolean;
  inPlace?: boolean;
}

/** Throws SlipwayError `already-exists` for a file that is there, `not-found` for runs that are not, `damaged`, … */
export async function exportBundle(terms: ExportTerms, port: JobPort): Promise<ExportResult> {
  // A repair writes beside the database.
  if (!terms.inPlace) checkTarget(terms);
  const database = openForReading(terms.database);
  const zip = new ZipWriter(terms.file);
  try {
    database.exec('BEGIN');
    const { silence, inPlace = false } = terms;
    const { things, leftOut } = chosenThings(database, {
      runIds: terms.runIds,
      everything: inPlace,
      silence,
      now: Date.now(),
    });
    const manifest = emptyManifest(inPlace);
    const objects = new Map<string, number>();
    for (const [index, thing] of things.entries()) {
      port.progress('writing runs', index, things.length);
      await writeThing({ ...terms, database, zip, manifest, objects, leftOut }, thing);
    }
    await writeObjects({ ...terms, zip, manifest, objects }, port);
    await zip.add(manifestName, bytesOf(`${JSON.stringify(manifest)}\n`));
    port.goOn();
    await zip.finish({ overwrite: terms.force });
    const counts: Record<string, number> = { objects: manifest.objects.length };
    for (const { kind } of things) counts[kind] = (counts[kind] ?? 0) + 1;
    return { file: terms.file, folder: null, opensIn: null, bytes: statSync(terms.file).size, counts, leftOut };
  } catch (error) {
    await zip.abandon();
    throw error;
  } finally {
    database.close();
  }
}

interface Writing {
  root: string;
  database: Database;
  zip: ZipWriter;
  manifest: BundleManifest;
  objects: Map<string, number>;
  artifactRoot: string | null;
  leftOut: NamedReason[];
}

async function writeThing(writing: Writing, thing: Chosen): Promise<void> {
  const { root, database, zip, manifest, objects } = writing;
  const { kind, id, name, experiment } = thing;
  const layout = new WorkspaceLayout(root);
  const files = kind === 'run' ? await filesOfRun(layout, id) : [];
  for (const [index, file] of files.entries()) {
    const part = `files/${manifest.items.length}-${index}`;
    const written = await zip.add(part, createReadStream(file.path, { end: Math.max(0, file.size - 1) }));
    if (file.size > 0 && written.sha256 !== file.sha256) {
      throw new SlipwayError('conflict', `${file.path} changed while it was read. Export again.`);
    }
    manifest.files.push({ run: id, name: file.name, part, sha256: file.sha256, size: file.size });
  }
  const part = `parts/${manifest.items.length}.jsonl`;
  const bytes = partBytes(database, { kind, id, files }, ([table, row]) => {
    if (table === 'artifacts' || table === 'dataset_contents') objects.set(String(row.sha256), Number(row.size));
    const elsewhere = table === 'runs' ? filesElsewhere(String(row.artifact_uri), writing.artifactRoot) : undefined;
    if (elsewhere !== undefined) writing.leftOut.push({ name, why: `its files lie in ${elsewhere}` });
  });
  const written = await zip.add(part, asynchronous(bytes));
  const head = { kind, id, name: name.slice(0, 1000), ...(experiment === undefined ? {} : { experiment }) };
  manifest.items.push({ ...head, part, ...written });
}

/** Where a run's files are when the workspace does not keep them. */
function filesElsewhere(artifactUri: string, artifactRoot: string | null): string | undefined {
  const folder = proxiedFolder(artifactUri);
  if (folder === undefined) return artifactUri;
  const plain = artifactRoot === null ? undefined : `${artifactRoot}/${folder}`;
  return plain !== undefined && existsSync(plain) ? plain : undefined;
}

async function writeObjects(
  { root, zip, manifest, objects }: Pick<Writing, 'root' | 'zip' | 'manifest' | 'objects'>,
  port: JobPort,
): Promise<void> {
  const layout = new WorkspaceLayout(root);
  const sorted = [...objects].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [index, [sha256, size]] of sorted.entries()) {
    port.progress('copying artifacts', index, sorted.length);
    manifest.objects.push({ sha256, size });
    if (manifest.withoutObjects) continue;
    const path = layout.object(sha256);
    if (!existsSync(path)) throw damaged(sha256, 'missing from');
    const written = await zip.add(objectPart(sha256), createReadStream(path), { compress: false });
    if (written.sha256 !== sha256 || written.size !== size) throw damaged(sha256, 'damaged in');
  }
}

function damaged(sha256: string, how: string): SlipwayError {
  return new SlipwayError(
    'damaged',
    `The content ${sha256} of an artifact or dataset is ${how} .slipway/objects, so nothing was exported. Run \`slipway doctor --repair\`.`,
  );
}

function emptyManifest(withoutObjects: boolean): BundleManifest {
  return {
    format: 'slipway-bundle',
    version: bundleVersion,
    created: Date.now(),
    slipway: slipwayVersion,
    schema: currentSchema,
    items: [],
    files: [],
    objects: [],
    withoutObjects,
  };
}

async function* asynchronous(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
