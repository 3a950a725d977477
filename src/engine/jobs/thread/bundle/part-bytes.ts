// The bytes of one part, as they are written and as they are compared: the lines of the database, then a run's files.
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { contentHash } from '../../../../platform/files/content-hash';
import type { Database } from '../../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';
import { linesAsBytes, lineText, type PartLine } from '../../../../workspace/bundle/part-line';
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
    files.push({ name, path, ...(await contentHash(createReadStream(path))) });
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
  const found = await contentHash(own);
  return isHere ? found : undefined;
}

function* shown(lines: Iterable<PartLine>, seen: (line: PartLine) => void): Generator<PartLine> {
  for (const line of lines) {
    seen(line);
    yield line;
  }
}
