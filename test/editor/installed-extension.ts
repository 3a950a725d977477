// Packs and installs the extension once for all editor tests: they meet what a user installs, never the source tree.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { editorPrograms } from './editor-programs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which VS Code finds the installed extension. */
    extensions: string;
  }
}

/** Vitest's global setup of the editor tests. The VSIX is `$SLIPWAY_TEST_VSIX`, else packed from dist/. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-editor-'));
  const extensions = join(folder, 'extensions');
  const vsix = process.env.SLIPWAY_TEST_VSIX ?? packed(join(folder, 'slipway.vsix'));
  const { node, entry } = editorPrograms();
  const places = [
    '--extensions-dir',
    extensions,
    '--user-data-dir',
    join(folder, 'user'),
    '--config',
    join(folder, 'c'),
  ];
  execFileSync(node, [entry, ...places, '--install-extension', vsix], { stdio: ['ignore', 'ignore', 'inherit'] });
  project.provide('extensions', extensions);
  return () => rmSync(folder, { recursive: true, force: true });
}

function packed(out: string): string {
  const script = resolve(import.meta.dirname, '../../scripts/package.mjs');
  execFileSync(process.execPath, [script, '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  return out;
}
