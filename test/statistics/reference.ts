// Asks scipy, statsmodels, scikit-learn and rliable, many questions at a time, and the same ones once.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptText } from '../engine/kept-writing';

const script = join(import.meta.dirname, 'reference.py');

/** A function of reference.py, by its name there, and its arguments. */
export type Question = [name: string, given: unknown[]];

/** The answers, in the order asked. Numbers that JSON cannot write are NaN and infinities. */
export function askReference(questions: readonly Question[]): unknown[] {
  const python = process.env.SLIPWAY_TEST_PYTHON_STATISTICS;
  if (python === undefined) throw new Error('npm test -- --only statistics prepares the Python environment first.');
  const asked = JSON.stringify(questions);
  const answers = keptText([python, readFileSync(script, 'utf8'), asked], () => answersOf(python, asked));
  return JSON.parse(answers, (_, value) =>
    value === 'nan' ? Number.NaN : value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value,
  );
}

function answersOf(python: string, questions: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-reference-'));
  try {
    const [asked, answered] = [join(folder, 'questions.json'), join(folder, 'answers.json')];
    writeFileSync(asked, questions);
    execFileSync(python, [script, asked, answered], { stdio: 'inherit' });
    return readFileSync(answered, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether `a` equals `b` to `tolerance`, of its size where it is large; NaN equals NaN. */
export function isClose(a: number, b: number, tolerance = 1e-9): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
}
