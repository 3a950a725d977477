// A folder with a holdout, models of it, and a slipway.yaml whose rules a test writes; `slipway gate` is run in it.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { stringify } from 'yaml';
import { keepWriting } from '../../engine/kept-writing';

const cli = join(import.meta.dirname, '../../../dist/cli.js');

/** One rule of a report, as `--json` prints it. */
export interface Rule {
  id: string;
  kind: string;
  severity: string;
  verdict: string;
  expected: string;
  actual: number | string | null;
  ci: [number, number] | null;
  n: number | null;
  p: number | null;
  test: string | null;
  why: string;
}
/** What `slipway gate --json` prints. */
export interface Report {
  model: string;
  version: string | null;
  verdict: string;
  sentence: string;
  rules: Rule[];
  notes: string[];
  champion: { sha256: string; version: string | null } | null;
  data: { rows: number } | null;
}

/** How a command ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

type Scores = Record<string, number> & { carriers: Record<string, number> };

interface Gated {
  code: number;
  report: Report;
  of(id: string): Rule;
}

export const holdout = { path: 'holdout.csv', key: ['id'], label: 'late' };
export const features = ['age', 'hours', 'rate', 'noise'];
export const ofFile = ['--model', 'delay'];
export const against = ['--against', 'weak.onnx'];

/** Runs git as somebody. */
export function git(cwd: string, ...args: string[]): void {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...who, ...args], { cwd, stdio: 'ignore' });
}

/** Writes what make-gate.py makes into `folder`; Python runs only where nobody has asked for it before. */
export async function makeGate(folder: string): Promise<void> {
  const python = process.env.SLIPWAY_TEST_PYTHON_INFERENCE ?? '';
  const script = join(import.meta.dirname, 'make-gate.py');
  const run = (into: string): string => execFileSync(python, [script, into], { encoding: 'utf8' });
  await keepWriting(folder, { by: { python, script, words: [] }, run });
}

/** A folder of this file's own, which is there while its tests run. */
export class GatedFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'slipway-gate-test-'));

  constructor() {
    beforeAll(() => makeGate(this.path), 180_000);
    afterAll(() => rmSync(this.path, { recursive: true }));
  }

  /** What scikit-learn and fairlearn say of the models. */
  get reference(): Record<'weak' | 'strong' | 'minutes', Scores> {
    return JSON.parse(readFileSync(join(this.path, 'reference.json'), 'utf8'));
  }

  writeRules(gates: object[], into = this.path): void {
    const data = { holdout: 'flights@latest', features };
    const file = { version: 1, datasets: { flights: holdout }, models: { delay: { data, gates } } };
    writeFileSync(join(into, 'slipway.yaml'), stringify(file));
  }

  slipway(args: string[], cwd = this.path): Promise<Ended> {
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, ...args], { cwd }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  }

  /** What `gates` say of what `args` name; throws what was said instead of a report. */
  async gate(gates: object[], args: string[], about = ofFile): Promise<Gated> {
    this.writeRules(gates);
    const { code, stdout, stderr } = await this.slipway(['gate', ...args, ...about, '--json']);
    if (stdout === '') throw new Error(stderr);
    const report = JSON.parse(stdout) as Report;
    const of = (id: string): Rule => {
      const found = report.rules.find((rule) => rule.id === id);
      if (found === undefined) throw new Error(`no rule ${id}`);
      return found;
    };
    return { code, report, of };
  }
}
