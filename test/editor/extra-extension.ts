// Another extension beside ours, as a user has one installed: a copy of the installed folder with one more in it.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

/** What a small extension is made of: its manifest, and its files by name. */
export interface ExtraExtensionOptions {
  manifest: { name: string; publisher: string; version: string; [key: string]: unknown };
  files: Record<string, string>;
}

/** A folder of extensions: ours and the one described. Disposing removes it. */
export class ExtraExtension implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'slipway-extensions-'));

  constructor({ manifest, files }: ExtraExtensionOptions) {
    cpSync(inject('extensions'), this.folder, { recursive: true });
    const { name, publisher, version } = manifest;
    const id = `${publisher}.${name}`;
    const relativeLocation = `${id}-${version}`;
    const place = join(this.folder, relativeLocation);
    mkdirSync(place);
    writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(place, path), text);
    const list = join(this.folder, 'extensions.json');
    const known = JSON.parse(readFileSync(list, 'utf8')) as unknown[];
    const location = { $mid: 1, path: place, scheme: 'file' };
    writeFileSync(list, JSON.stringify([...known, { identifier: { id }, version, location, relativeLocation }]));
  }

  [Symbol.dispose](): void {
    // An editor that is just ending may still write there.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
