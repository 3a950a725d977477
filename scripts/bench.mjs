// npm run bench: the numbers that are promised, each beside its bar. --only TEXT runs those whose name contains it.
// A file scripts/bench/*.bench.mjs exports `benches`: [{name, unit, bar, isLeast, measure}]; `measure()` gives the
// number, at most `bar`, or at least where `isLeast` is true; an infinite bar is none.
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './setup/bootstrap.mjs';
import { rootFolder } from './setup/root.mjs';
import { run } from './setup/shell.mjs';
import { step } from './setup/steps.mjs';

await bootstrap(async () => {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  const build = join(rootFolder, 'scripts/build.mjs');
  await step('Building', () => run(process.execPath, [build], { cwd: rootFolder, says: 'The build failed.' }));
  const rows = [];
  for (const bench of await findBenches()) {
    if (only && !bench.name.includes(only)) continue;
    const number = await step(bench.name, bench.measure);
    rows.push({ ...bench, number, passed: bench.isLeast ? number >= bench.bar : number <= bench.bar });
  }
  print(rows);
  return rows.length > 0 && rows.every((row) => row.passed) ? 0 : 1;
});

async function findBenches() {
  const folder = join(rootFolder, 'scripts/bench');
  const names = readdirSync(folder).filter((name) => name.endsWith('.bench.mjs'));
  const modules = await Promise.all(names.sort().map((name) => import(join(folder, name))));
  return modules.flatMap((module) => module.benches);
}

function print(rows) {
  const cells = rows.map((row) => [
    row.name,
    `${Number(row.number.toPrecision(3))} ${row.unit}`,
    ...(Number.isFinite(row.bar)
      ? [`${row.isLeast ? '≥' : '≤'} ${row.bar} ${row.unit}`, row.passed ? 'passed' : 'MISSED']
      : ['', '']),
  ]);
  const table = [['bench', 'number', 'bar', ''], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((cell) => cell[column].length)));
  console.log(`\n${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}`);
  for (const cell of table)
    console.log(
      cell
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
