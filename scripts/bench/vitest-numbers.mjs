// Benches that need the sources' own tools are written as tests of a project of their own, and leave their numbers here.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';

/**
 * A function that gives a number of Vitest's project `project`, chosen from all its numbers; it is run once for them all.
 * `files`: of these tests alone, which are told by a part of their path.
 */
export function vitestNumbers(project, ...files) {
  let measured;
  return async (choose) => {
    measured ??= measure(project, files);
    const number = choose(await measured);
    if (typeof number !== 'number' || Number.isNaN(number))
      throw new Error(`The ${project} bench gave no such number.`);
    return number;
  };
}

async function measure(project, files) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const out = join(folder, 'numbers.jsonl');
  const vitest = join(rootFolder, 'node_modules/vitest/vitest.mjs');
  try {
    await run(process.execPath, [vitest, 'run', '--project', project, ...files], {
      cwd: rootFolder,
      env: { ...process.env, SLIPWAY_BENCH_OUT: out },
      says: `The ${project} bench failed.`,
    });
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    return Object.assign({}, ...lines.map((line) => JSON.parse(line)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
