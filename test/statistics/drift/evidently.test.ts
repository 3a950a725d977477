// The preset `evidently` against Evidently itself, through the built command line.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepWriting } from '../../engine/kept-writing';
import { isClose } from '../reference';

interface Judged {
  column: string;
  method: string;
  score: number | string;
  drifted: boolean;
}

interface Answer {
  name: string;
  reference: string;
  current: string;
  method: string | null;
  columns: Judged[];
}

interface Told {
  columns: { column: string; method: string; score: number | string; verdict: string; kind: string }[];
}

const cli = resolve(import.meta.dirname, '../../../dist/cli.js');
let folder = '';
let answers: Answer[] = [];

beforeAll(async () => {
  const python = process.env.SLIPWAY_TEST_PYTHON_EVIDENTLY;
  if (python === undefined) throw new Error('npm test -- --only statistics prepares the Python environment first.');
  folder = mkdtempSync(join(tmpdir(), 'slipway-evidently-'));
  const script = join(import.meta.dirname, 'evidently_drift.py');
  await keepWriting(folder, {
    by: { python, script, words: [] },
    run: (place) => execFileSync(python, [script, place], { encoding: 'utf8' }),
  });
  answers = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What differs, as sentences. Columns that Evidently could not judge by the method are not compared. */
function differences({ name, reference, current, method, columns }: Answer): string[] {
  const args = [cli, 'drift', reference, current, '--preset', 'evidently', '--json'];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    method === null ? args : [...args, '--method', method],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0 && status !== 1) return [`${name}: exit ${status}: ${stderr}`];
  const told = new Map((JSON.parse(stdout) as Told).columns.map((each) => [each.column, each]));
  const judged = [...told.values()].filter(({ kind }) => kind !== 'text').map(({ column }) => column);
  const theirs = new Set(columns.map(({ column }) => column));
  if (method === null && (judged.length !== theirs.size || judged.some((column) => !theirs.has(column))))
    return [`${name}: judged are ${judged}, and not ${[...theirs]}`];
  const wrong = columns.filter(({ column, method: theirs, score, drifted }) => {
    const own = told.get(column);
    const isEqual = isClose(
      Number(own?.score),
      Number(score === 'nan' ? Number.NaN : score === 'inf' ? Infinity : score),
    );
    return own?.method !== theirs || !isEqual || (own.verdict === 'drift') !== drifted;
  });
  return wrong.map((each) => {
    const { method: used, score, verdict } = told.get(each.column) ?? {};
    return `${name}, ${each.column}: ${used} ${score} ${verdict} and not ${each.method} ${each.score} ${each.drifted}`;
  });
}

it('by its own choice of methods, every number and every verdict is that of Evidently to 1e-9', () => {
  const chosen = answers.filter(({ method }) => method === null);
  expect(chosen.length).toBe(7);
  for (const { columns } of chosen) expect(columns.length).toBe(33);
  expect(chosen.flatMap(differences)).toEqual([]);
  const methods = new Set(chosen.flatMap(({ columns }) => columns.map(({ method }) => method)));
  expect([...methods].sort()).toEqual(['chisquare', 'jensenshannon', 'ks', 'wasserstein', 'z']);
});

it('each method that is not random is that of Evidently to 1e-9', () => {
  const asked = answers.filter(({ method }) => method !== null);
  expect(asked.filter(({ columns }) => columns.length > 0).length).toBe(17);
  expect(asked.flatMap(differences)).toEqual([]);
});
