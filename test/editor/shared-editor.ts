// What every editor test is run with, made once for all of them: the installed extension, which is what a user installs
// and never the source tree, and for each worker a code-server and a browser of its own. A browser that has seen the
// workbench before opens it in half the time, as a user's own does.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { CodeServer } from './code-server';
import { chromiumPath, editorPrograms, linkUsedBuiltIns } from './editor-programs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which VS Code finds the installed extension. */
    extensions: string;
    /** The folder of what counts as VS Code's own extensions; empty for all that come with it. */
    builtIns: string;
    /** One for each test file that may run at a time. */
    seats: Seat[];
  }
}

/** What one worker opens its windows with. */
export interface Seat {
  /** The running code-server: its address and its profile's folder. */
  codeServer: { url: string; profile: string };
  /** Where the browser takes Chrome's DevTools protocol. */
  browser: string;
}

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // With it Chromium compiles the workbench anew in every window, though it has kept what it compiled before.
  '--disable-features=BackgroundResourceFetch',
];

/** A window lives for seconds: what V8's last compiler makes of its code costs more than it gains. */
const shortLived = '--js-flags=--no-opt';

/** Vitest's global setup of the editor tests. The VSIX is `$SLIPWAY_TEST_VSIX`, else packed from dist/. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-editor-'));
  const extensions = install(folder);
  // What is measured is measured as users have it.
  const isMeasured = project.name === 'bench';
  const builtIns = isMeasured ? '' : linkUsedBuiltIns(mkdtempSync(join(folder, 'built-in-')));
  await using seated = new AsyncDisposableStack();
  const seats: Seat[] = [];
  for (let seat = 0; seat < project.config.maxWorkers; seat += 1) {
    const server = seated.use(await CodeServer.start({ extensions, ...(builtIns && { builtIns }) }));
    const { context, endpoint } = await launch(join(folder, `browser-${seat}`), isMeasured ? [] : [shortLived]);
    seated.defer(() => context.close());
    seats.push({ codeServer: { url: server.url, profile: server.profile }, browser: endpoint });
  }
  project.provide('extensions', extensions);
  project.provide('builtIns', builtIns);
  project.provide('seats', seats);
  const all = seated.move();
  return async () => {
    await all.disposeAsync();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

function install(folder: string): string {
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
  return extensions;
}

function packed(out: string): string {
  const script = resolve(import.meta.dirname, '../../scripts/package.mjs');
  execFileSync(process.execPath, [script, '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  return out;
}

/** A browser with a profile on disk: only such a one keeps what it has compiled. */
async function launch(
  profile: string,
  flags: readonly string[],
): Promise<{ context: BrowserContext; endpoint: string }> {
  const args = [...chromiumFlags, ...flags, '--remote-debugging-port=0'];
  const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath(), args });
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return { context, endpoint: `http://127.0.0.1:${port}` };
}
