// What is in the file of an export, and such a file with something wrong in it.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { ZipFile } from 'yazl';
import { ZipReader } from '../../src/platform/zip/zip-reader';

interface LooseManifest {
  version: number;
  schema: number;
  created?: number;
  items: { part: string; sha256: string; size: number }[];
  files: { name: string }[];
}

async function entriesOf(path: string): Promise<Map<string, Buffer>> {
  const zip = await ZipReader.open(path);
  const entries = new Map<string, Buffer>();
  for (const name of zip.names) {
    const pieces: Uint8Array[] = [];
    for await (const piece of zip.read(name)) pieces.push(piece);
    entries.set(name, Buffer.concat(pieces));
  }
  zip.close();
  return entries;
}

/** The manifest, but for when it was made. */
export async function manifestOf(path: string): Promise<unknown> {
  const text = (await entriesOf(path)).get('manifest.json')?.toString() ?? '';
  const { created: _, ...rest } = JSON.parse(text) as LooseManifest;
  return rest;
}

/** Writes the bundle anew with one thing wrong in it. */
export async function rezip(
  path: string,
  wrong: {
    change?: (manifest: LooseManifest) => unknown;
    /** Changes the text of parts, with hashes that are right. */
    edit?: (text: string) => string;
    add?: [name: string, content: string | Buffer];
    mode?: number;
    flip?: RegExp;
    drop?: RegExp;
  },
): Promise<void> {
  const entries = await entriesOf(path);
  const manifest = JSON.parse(entries.get('manifest.json')?.toString() ?? '') as LooseManifest;
  for (const item of wrong.edit === undefined ? [] : manifest.items) {
    const bytes = Buffer.from(wrong.edit?.(entries.get(item.part)?.toString() ?? '') ?? '');
    entries.set(item.part, bytes);
    Object.assign(item, { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length });
  }
  wrong.change?.(manifest);
  entries.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
  const zip = new ZipFile();
  for (const [name, content] of entries) {
    if (wrong.drop?.test(name)) continue;
    if (wrong.flip?.test(name) && content.length > 0) content[0] = (content[0] ?? 0) ^ 1;
    zip.addBuffer(content, name);
  }
  // The library refuses to write such names itself: one of the same length is put in, and its bytes are changed after.
  const [name, content] = wrong.add ?? [];
  const stand = name?.replace(/[./]/g, '_');
  if (stand !== undefined) zip.addBuffer(Buffer.from(content ?? ''), stand, { mode: wrong.mode ?? 0o100644 });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  if (stand !== undefined && name !== undefined && stand !== name) {
    for (let at = bytes.indexOf(stand); at >= 0; at = bytes.indexOf(stand, at + 1)) bytes.write(name, at);
  }
  writeFileSync(path, bytes);
}
