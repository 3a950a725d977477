// Starts real engine processes for tests, each on a folder of its own, and ends them with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EngineClient } from '../../src/client/engine-client';

export const repository = join(import.meta.dirname, '../..');
export const node = join(repository, 'node_modules/.bin/node');
export const cli = join(repository, 'dist/cli.js');

/** How a test wants its engine. `workspace`: an existing folder, left in place. */
export interface EngineProcessOptions {
  workspace?: string;
  token?: string;
  arguments?: string[];
}

/** A running engine: `await using engine = await startEngine()`. */
export class EngineProcess {
  readonly client: EngineClient;
  #ownsWorkspace: boolean;

  constructor(
    readonly child: ChildProcess,
    readonly workspace: string,
    readonly line: { url: string; token: string; pid: number },
    ownsWorkspace: boolean,
  ) {
    this.client = new EngineClient(line);
    this.#ownsWorkspace = ownsWorkspace;
  }

  get url(): string {
    return this.line.url;
  }
  get token(): string {
    return this.line.token;
  }
  get pid(): number {
    return this.line.pid;
  }

  /** A raw request with the engine's token. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { ...init, headers: { ...this.client.headers, ...init.headers } });
  }

  /** A JSON request; returns status and parsed answer. */
  async json(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await this.fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Ends the process with `signal` and waits for its end. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    if (this.#ownsWorkspace) rmSync(this.workspace, { recursive: true, force: true });
  }
}

/** A fresh folder under the system's temporary one, by its real path. */
export function temporaryFolder(name = 'slipway-test-'): string {
  return realpathSync(mkdtempSync(join(tmpdir(), name)));
}

/** Starts `slipway engine start --foreground` through the CLI and waits for its line. */
export async function startEngine(options: EngineProcessOptions = {}): Promise<EngineProcess> {
  const workspace = options.workspace ?? temporaryFolder();
  const args = ['engine', 'start', '--foreground', '--workspace', workspace, '--json'];
  if (options.token !== undefined) args.push('--token', options.token);
  const child = spawn(node, [cli, ...args, ...(options.arguments ?? [])], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The engine ended with ${code} before it answered.`)));
  });
  const said = JSON.parse(line) as { url?: string; token: string; pid: number; error?: { message: string } };
  if (said.url === undefined) throw new Error(said.error?.message ?? line);
  return new EngineProcess(
    child,
    workspace,
    { url: said.url, token: said.token, pid: said.pid },
    options.workspace === undefined,
  );
}

/** Runs one CLI verb to its end. */
export function slipway(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [cli, ...args], {
      cwd: options.cwd ?? tmpdir(),
      env: { ...process.env, ...options.env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(options.input ?? '');
  });
}
