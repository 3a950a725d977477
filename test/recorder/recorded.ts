// Records commands through the real CLI, in workspaces of their own, and reads what became of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, onTestFailed } from 'vitest';
import { EngineClient } from '../../src/client/engine-client';
import { everyPage } from '../../src/protocol/every-page';
import type { ChangedFile, RunDetail } from '../../src/protocol/run';
import type { MetricPoint } from '../../src/protocol/series';
import { cli, node, slipway, temporaryFolder } from '../engine/engine-process';

/** How a recorder ended, with its two streams apart. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A recorder that is running. */
export interface Recording {
  process: ChildProcess;
  ended: Promise<Ended>;
  /** What it has shown so far. */
  shown: () => string;
}

/** How to start a recorder; `env` is added to the test's own. */
export interface RecordOptions {
  env?: Record<string, string>;
  cwd?: string;
}

/** A workspace folder that goes, with its engine, when the test ends. */
export class RecordedWorkspace {
  readonly root: string;
  readonly #kept: { root: string; before: ReadonlySet<string> } | undefined;

  /** `kept`: a workspace that is there and stays; runs that were recorded before are not seen. */
  constructor(kept?: { root: string; before: ReadonlySet<string> }) {
    this.#kept = kept;
    this.root = kept?.root ?? temporaryFolder('slipway-recorder-');
    if (kept === undefined) writeFileSync(`${this.root}/slipway.yaml`, 'version: 1\n');
  }

  /** Starts `slipway run` with these words. */
  start(words: readonly string[], options: RecordOptions = {}): Recording {
    const child = spawn(node, [cli, 'run', ...words], {
      cwd: options.cwd ?? this.root,
      env: { ...process.env, SLIPWAY_RUN_ID: '', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
    return { process: child, ended, shown: () => stdout + stderr };
  }

  /** Records to the end. */
  record(words: readonly string[], options: RecordOptions = {}): Promise<Ended> {
    return this.start(words, options).ended;
  }

  /** Records a Python program given as text. */
  python(program: string, words: readonly string[] = []): Promise<Ended> {
    return this.record([...words, '--', 'python3', '-c', program]);
  }

  /** The ids of all run folders, oldest first. */
  get runIds(): string[] {
    const folder = `${this.root}/.slipway/runs`;
    if (!existsSync(folder)) return [];
    const started = (id: string): number => JSON.parse(readFileSync(`${folder}/${id}/run.json`, 'utf8')).startTime;
    const own = readdirSync(folder).filter((id) => !this.#kept?.before.has(id));
    return own.sort((a, b) => started(a) - started(b));
  }

  /** The id of the one run there is. */
  get runId(): string {
    const [id, ...more] = this.runIds;
    if (id === undefined || more.length > 0) throw new Error(`There are ${more.length + 1} runs, not one.`);
    return id;
  }

  /** One of a run's files as text; empty when it is not there. */
  file(name: string, runId = this.runId): string {
    const path = `${this.root}/.slipway/runs/${runId}/${name}`;
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** The run as the engine shows it, once it does: a recorder leaves the last word to an engine that is slow to start. */
  async run(runId = this.runId): Promise<RunDetail> {
    await until(() =>
      this.client.api.runs.get.query({ runId }).then(
        () => true,
        () => false,
      ),
    );
    return this.client.api.runs.get.query({ runId });
  }

  /** What differed from the commit, as git prints it. */
  diff(runId = this.runId): Promise<string> {
    return this.client.api.runs.diff.query({ runId });
  }

  /** One file of it, before and after. */
  changedFile(path: string): Promise<ChangedFile> {
    return this.client.api.runs.changedFile.query({ runId: this.runId, path });
  }

  /** All points of one metric. */
  async points(key: string, runId = this.runId): Promise<MetricPoint[]> {
    const points: MetricPoint[] = [];
    const { history } = this.client.api.metrics;
    for await (const { items } of everyPage((page) => history.query({ runId, key, limit: 25_000, page }))) {
      points.push(...items);
    }
    return points;
  }

  /** A client of the workspace's engine. */
  get client(): EngineClient {
    return new EngineClient(JSON.parse(readFileSync(`${this.root}/.slipway/address.json`, 'utf8')));
  }

  /** The engine's process id. */
  get enginePid(): number {
    return JSON.parse(readFileSync(`${this.root}/.slipway/engine.json`, 'utf8')).pid;
  }

  /** Starts the engine. */
  async startEngine(): Promise<void> {
    const { code, stderr } = await slipway(['engine', 'start', '--workspace', this.root]);
    if (code !== 0) throw new Error(stderr);
  }

  /** Stops the engine and waits for its end. */
  async stopEngine(): Promise<void> {
    await slipway(['engine', 'stop', '--workspace', this.root]);
    await until(() => !existsSync(`${this.root}/.slipway/engine.json`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#kept !== undefined) return;
    await slipway(['engine', 'stop', '--workspace', this.root]);
    rmSync(this.root, { recursive: true, force: true });
  }
}

/**
 * Gives each test of a file the same workspace with the same engine, as if nothing had been recorded there. For tests
 * that ask nothing of a fresh one. After a test that failed, the next one gets a workspace that nobody has used.
 */
export function keptWorkspace(): () => RecordedWorkspace {
  let kept: RecordedWorkspace | undefined;
  const leave = async (): Promise<void> => {
    await kept?.[Symbol.asyncDispose]();
    kept = undefined;
  };
  afterAll(leave);
  return () => {
    onTestFailed(leave);
    kept ??= new RecordedWorkspace();
    return new RecordedWorkspace({ root: kept.root, before: new Set(kept.runIds) });
  };
}

/** Waits until `claim` holds; throws after `patience` milliseconds. */
export async function until(claim: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    if (await claim()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not come to hold within ${patience} ms: ${claim.toString()}`);
}
