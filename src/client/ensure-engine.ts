// Finds the workspace's engine or starts it; two callers at once get the same one, because the engine holds a lock.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type ErrorCode, messageOf, SlipwayError } from '../base/errors';
import { WorkspaceLayout } from '../protocol/folder/layout';
import { type EngineAddress, readAddress } from './engine-address';
import { EngineClient } from './engine-client';
import { liveness, mayAnswerAt, sharedWith } from './liveness/live-engine';
import { chooseNode } from './node-choice';

/** An engine that answers. */
export interface RunningEngine extends EngineAddress {
  pid: number;
  version: string;
  /** The real path of the folder it serves. */
  root: string;
  /** False for one whose program was moved or removed. */
  isWhole: boolean;
}

/** How to find or start an engine. */
export interface EnsureOptions {
  /** The folder that holds `engine.js`: `dist/` of this very program. */
  bundle: string;
  /** This program's version; an older engine is asked to hand over, and one whose program is gone; a newer one is refused. */
  version: string;
  /** The user's choice of Node, if any. */
  nodeSetting?: string;
  /** Further arguments of the engine (`--port`, `--db`, …). */
  arguments?: readonly string[];
  /** Milliseconds until giving up; 15,000 when left out. */
  timeout?: number;
}

/** The engine of `root` if one answers now. Throws SlipwayError `conflict` when it is newer than this program. */
export async function findEngine(root: string, version: string): Promise<RunningEngine | undefined> {
  const engine = await askEngine(root);
  if (engine !== undefined && compareVersions(engine.version, version) > 0) {
    throw new SlipwayError(
      'conflict',
      `The engine of this folder is Slipway ${engine.version}, this is ${version}. Reload the window, or update the older one.`,
    );
  }
  return engine;
}

/**
 * The engine of `root` (a real path), started when there is none. Throws SlipwayError with the engine's own reason
 * when it cannot start (`read-only`, `newer-schema`, `damaged`, …) and `unavailable` when it does not answer in time.
 */
export async function ensureEngine(root: string, options: EnsureOptions): Promise<RunningEngine> {
  const found = await findEngine(root, options.version);
  if (found !== undefined && serves(found, options)) return found;
  if (found !== undefined) await stopEngine(found);
  const deadline = Date.now() + (options.timeout ?? 15_000);
  for (;;) {
    const outcome = await startEngine(root, options, Math.max(1000, deadline - Date.now()));
    if (outcome !== 'busy') return outcome;
    // Another start holds the lock: its engine answers soon, or it is an old one on its way out.
    const other = await findEngine(root, options.version);
    if (other !== undefined && serves(other, options)) return other;
    const owner = sharedWith(root);
    if (owner !== undefined) {
      throw new SlipwayError(
        'conflict',
        `${root}/.slipway is that of another folder, ${owner}, whose engine serves it. Open that folder, or give this one a .slipway of its own.`,
      );
    }
    if (Date.now() > deadline) {
      throw new SlipwayError(
        'unavailable',
        `Another engine${holderOf(root)} holds ${root} and does not answer. End that process, then try again.`,
      );
    }
    await pause(100);
  }
}

/**
 * Asks an engine to end and waits until it has, at most 15 s. In containers whose first process buries no dead, an ended
 * process keeps its pid for long: there the engine's liveness file, which it takes away last of all, is the proof.
 */
export async function stopEngine(engine: EngineAddress & { pid: number; root: string }): Promise<void> {
  await new EngineClient(engine).api.engine.stop.mutate();
  let sinceFarewell = 0;
  for (let waited = 0; waited < 15_000; waited += 20) {
    if (!isAlive(engine.pid) || sinceFarewell > 200) return;
    if (liveness(engine.root)?.pid !== engine.pid) sinceFarewell += 20;
    await pause(20);
  }
  throw new SlipwayError(
    'unavailable',
    `The engine (pid ${engine.pid}) was asked to stop and still runs. Wait a moment or end that process, then try again.`,
  );
}

/** The process that says it serves `root`, for a person who has to end it. */
function holderOf(root: string): string {
  const pid = liveness(root)?.pid;
  return pid === undefined ? '' : ` (pid ${pid})`;
}

async function askEngine(root: string): Promise<RunningEngine | undefined> {
  const address = readAddress(root);
  if (address === undefined || !mayAnswerAt(root, address.url)) return undefined;
  try {
    const status = await new EngineClient(address).api.engine.status.query(undefined, {
      signal: AbortSignal.timeout(2000),
    });
    // Some other engine may have got the port; only the one of this folder counts.
    return status.workspace === root
      ? { ...address, pid: status.pid, version: status.version, root, isWhole: status.isWhole !== false }
      : undefined;
  } catch {
    return undefined;
  }
}

/** glibc would keep the room of large requests for as long as the engine lives once it had seen a few of them. */
const largeBlocksApart = { MALLOC_MMAP_THRESHOLD_: '1048576' };

async function startEngine(root: string, options: EnsureOptions, timeout: number): Promise<RunningEngine | 'busy'> {
  const node = await chooseNode({
    bundle: options.bundle,
    ...(options.nodeSetting ? { setting: options.nodeSetting } : {}),
  });
  const child = spawn(
    node.command,
    [`${options.bundle}/engine.js`, '--workspace', root, ...(options.arguments ?? [])],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...largeBlocksApart, ...process.env, ...node.env },
      windowsHide: true,
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000);
  });
  try {
    const line = await firstLine(child, timeout);
    if (line === undefined) {
      throw new SlipwayError(
        'unavailable',
        `The engine ended before it answered. ${stderr.trim().split('\n').pop() ?? ''}`.trim(),
      );
    }
    return readStartLine(line, options.version, root);
  } finally {
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
  }
}

/** What the engine says first: its address, that another holds the lock, or why it cannot start. */
function readStartLine(line: string, version: string, root: string): RunningEngine | 'busy' {
  const said = parseLine(line, root) as Partial<RunningEngine> & {
    busy?: true;
    error?: { code: ErrorCode; message: string };
  };
  if (said.busy) return 'busy';
  if (said.error) throw new SlipwayError(said.error.code, said.error.message);
  const { url, token, pid } = said;
  if (url === undefined || token === undefined || pid === undefined) throw notAnAddress(line, root);
  return { url, token, pid, version, root, isWhole: true };
}

function parseLine(line: string, root: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw notAnAddress(line, root, error);
  }
}

function notAnAddress(line: string, root: string, cause?: unknown): SlipwayError {
  const { logs } = new WorkspaceLayout(root);
  const sentence = `The engine began with "${line}" and not with its address. See whether NODE_OPTIONS loads something that prints; ${logs}/engine.log says what the engine did.`;
  return new SlipwayError('internal', sentence, { cause });
}

function firstLine(child: ReturnType<typeof spawn>, timeout: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new SlipwayError('internal', 'The engine has no output.');
    const timer = setTimeout(() => {
      // It is not killed: it may be copying and migrating a large database, and would begin again each time.
      reject(
        new SlipwayError('unavailable', `The engine (pid ${child.pid}) is still starting. Try again in a moment.`),
      );
    }, timeout);
    const settle = (line: string | undefined): void => {
      clearTimeout(timer);
      resolve(line);
    };
    createInterface({ input: child.stdout }).once('line', settle);
    child.once('exit', () => setTimeout(settle, 50, undefined));
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(
        new SlipwayError('unavailable', `The engine could not be started: ${messageOf(error)}.`, { cause: error }),
      );
    });
  });
}

/** An engine of an earlier build says nothing of its program: it is taken for whole. */
function serves({ version, isWhole }: RunningEngine, options: EnsureOptions): boolean {
  return isWhole && compareVersions(version, options.version) === 0;
}

/** Negative when `a` is older than `b`, 0 when equal; compares the three numbers and no more. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
