// A workspace with an engine of its own for each test of a file, and the command line in it.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type EngineProcess, slipway, startEngine } from '../engine/engine-process';

/** Allows `a` from 5 on. */
export const contract = `apiVersion: v3.1.0
kind: DataContract
id: a
version: 1.0.0
status: active
schema:
  - name: a
    properties:
      - name: a
        logicalType: integer
        logicalTypeOptions: { minimum: 5 }
`;

export let engine: EngineProcess;

/** Each test of the file that calls it has its own: a worker loads this module once for several files. */
export function withWorkspaces(): void {
  beforeEach(async () => {
    engine = await startEngine();
  });
  afterEach(async () => {
    await engine[Symbol.asyncDispose]();
  });
}

/** Another engine where one has ended. */
export async function startAgain(): Promise<void> {
  engine = await startEngine({ workspace: engine.workspace });
}

/** A path in the workspace. */
export const at = (path: string): string => join(engine.workspace, path);
export const write = (path: string, text: string | Buffer): void => {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
};
export const config = (): string => readFileSync(at('slipway.yaml'), 'utf8');
export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
/** `slipway dataset …args`. */
export const run = (...args: string[]) => slipway(['dataset', ...args], { cwd: engine.workspace });
/** Its `--json`. Throws with what it says where it fails. */
export const ask = async <T = Record<string, never>>(...args: string[]): Promise<T> => {
  const { code, stdout, stderr } = await run(...args, '--json');
  if (code !== 0) throw new Error(`${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
};

/** What `add` and `refresh` print. */
export interface Refreshed {
  version: { id: string; dvc: string | null; files: number; bytes: number; storage: { kind: string; why?: string } };
  is_new: boolean;
  hashed: number;
  notes: string[];
}

/** What `list` and `versions` print. */
export interface Listed {
  items: {
    name: string;
    id: string;
    labels: string[];
    versions: number;
    declared: boolean;
    rows: number | null;
    is_latest: boolean;
  }[];
  next: string | null;
}
