// The text of one part, as it is written and as it is compared: the lines of the database, then a run's files.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { linesAsBytes } from '../../../../lifecycle/runs/bundle/store/run-part';
import type { Database } from '../../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';
import { lineText, type PartLine } from '../../../../workspace/bundle/part-line';
import { bundleKinds } from './bundle-kinds';

/** A file of a run's folder, by its name there. */
export interface RunFile {
  name: string;
  path: string;
  sha256: string;
  size: number;
}

/** The files of a run's folder that a bundle holds, with their hashes; none for a run that was not recorded. */
export async function filesOfRun(layout: WorkspaceLayout, runId: string): Promise<RunFile[]> {
  const files: RunFile[] = [];
  if (!existsSync(layout.run(runId))) return files;
  for (const name of Object.values(runFiles).sort()) {
    const path = `${layout.run(runId)}/${name}`;
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    files.push({ name, path, ...(await hashOf(createReadStream(path))) });
  }
  return files;
}

/** The part's bytes. `seen` is shown each line of the database. */
export function* partBytes(
  database: Database,
  { kind, id, files }: { kind: string; id: string; files: readonly RunFile[] },
  seen: (line: PartLine) => void = () => undefined,
): Generator<Buffer> {
  const lines = bundleKinds[kind]?.lines(database, id) ?? [];
  yield* linesAsBytes(shown(lines, seen));
  for (const { name, sha256, size } of files) yield Buffer.from(lineText(['files', { name, sha256, size }]));
}

/** The hash and size of what is here under that id; undefined when there is none. */
export async function partHere(
  database: Database,
  layout: WorkspaceLayout,
  { kind, id }: { kind: string; id: string },
): Promise<{ sha256: string; size: number } | undefined> {
  let isHere = false;
  const files = kind === 'run' ? await filesOfRun(layout, id) : [];
  const own = partBytes(database, { kind, id, files }, () => {
    isHere = true;
  });
  const hash = createHash('sha256');
  let size = 0;
  for (const piece of own) {
    hash.update(piece);
    size += piece.byteLength;
  }
  return isHere ? { sha256: hash.digest('hex'), size } : undefined;
}

/** The SHA-256 and size of a stream. */
export async function hashOf(source: AsyncIterable<Uint8Array>): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of source) {
    hash.update(piece);
    size += piece.byteLength;
  }
  return { sha256: hash.digest('hex'), size };
}

function* shown(lines: Iterable<PartLine>, seen: (line: PartLine) => void): Generator<PartLine> {
  for (const line of lines) {
    seen(line);
    yield line;
  }
}
