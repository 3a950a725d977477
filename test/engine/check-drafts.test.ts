// A draft of a contract is right and passes on the table it was made from, whatever the table holds: many generated ones.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDataProcess } from '../../src/client/data/data-process';
import { readContract } from '../../src/protocol/datasets/contract/reading/contract-reading';
import type { TableSource } from '../../src/protocol/datasets/table-source';
import { Random } from '../../src/statistics/random';
import { repository, temporaryFolder } from './engine-process';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Cell = (row: number, random: Random) => string;

/** What a column may hold. Each is written as CSV would have it, quoted where it must be. */
const kinds: Record<string, Cell> = {
  id: (row) => String(row),
  code: (row) => `K-${row * 7}`,
  whole: (_row, random) => String(random.below(1000) - 500),
  small: (_row, random) => (random.normal() / 1e9).toExponential(3),
  large: (_row, random) => String(random.normal() * 1e12),
  skewed: (_row, random) => String(Math.exp(3 * random.normal())),
  constant: () => '42',
  zero: () => '0',
  negative: (_row, random) => String(-1 - random.below(5)),
  beyond: (row) => String(9007199254740993n + BigInt(row)),
  infinite: (row, random) => (row % 3 === 0 ? 'inf' : String(random.normal())),
  truth: (_row, random) => ['true', 'false'][random.below(2)] as string,
  day: (row) => `2013-0${(row % 9) + 1}-11`,
  moment: (row) => `2013-01-${String((row % 28) + 1).padStart(2, '0')} 10:00:0${row % 10}`,
  clock: (row) => `10:${String(row % 60).padStart(2, '0')}:00`,
  uuid: (row) => `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`,
  email: (row) => `a${row}@example.org`,
  set: (_row, random) => ['yes', 'no', 'null?', 'on', '1e5x'][random.below(5)] as string,
  unicode: (_row, random) => ['é', '東京', '😀', '\u202eabc', 'Ａ'][random.below(5)] as string,
  quoted: (_row, random) => ['"a ""b"""', '"c, d"', '"e\nf"', "'g'", '# h'][random.below(5)] as string,
  mixed: (row) => (row % 2 === 0 ? String(row) : 'text'),
  rare: (row) => (row % 13 === 0 ? 'rare' : 'usual'),
  never: () => '',
};
const names = ['a', 'A b', '"; DROP TABLE x', 'true', '1', 'ü', '{property}', "it's", 'x: y', '- z', '#', 'a.b'];

/** A table of some columns of some kinds, with nulls here and there. */
function generated(seed: number): { text: string; kinds: string[] } {
  const random = new Random(seed);
  const rows = [1, 3, 40, 400, 2000][random.below(5)] as number;
  const all = Object.keys(kinds);
  const chosen = Array.from({ length: 1 + random.below(8) }, () => all[random.below(all.length)] as string);
  const nulls = chosen.map(() => (random.below(3) === 0 ? random.below(60) / 100 : 0));
  const heads = chosen.map((kind, at) => `${names[(seed + at) % names.length]} ${kind} ${at}`);
  const lines = Array.from({ length: rows }, (_, row) =>
    chosen.map((kind, at) => (random.below(100) / 100 < (nulls[at] ?? 0) ? '' : kinds[kind]?.(row, random))).join(','),
  );
  const head = heads.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  // A line of one empty column is no line.
  const kept = chosen.length === 1 ? lines.filter((line) => line !== '') : lines;
  return { text: `${[head, ...kept].join('\n')}\n`, kinds: chosen };
}

describe('a draft', () => {
  it('passes on sixty generated tables', async () => {
    const failed: unknown[] = [];
    let checks = 0;
    await withDataProcess({ bundle: join(repository, 'dist') }, async (data) => {
      for (let seed = 1; seed <= 60; seed += 1) {
        const { text, kinds: held } = generated(seed);
        const path = join(folder, `t${seed}.csv`);
        writeFileSync(path, text);
        const source: TableSource = { files: [path], format: 'csv' };
        const name = `${names[seed % names.length]}`;
        const draft = await data.ask('inferContract', { source, name, physicalName: `t${seed}.csv`, origin: 'a\n: b' });
        const { problems } = readContract(draft.text);
        if (problems.length > 0) {
          failed.push({ seed, held, problems });
          continue;
        }
        const now = new Date().toISOString();
        const report = await data.ask('check', {
          source,
          contract: draft.text,
          path: 'c',
          table: null,
          others: {},
          now,
        });
        const bad = report.checks.filter(({ verdict }) => verdict !== 'pass');
        checks += report.checks.length;
        if (bad.length > 0)
          failed.push({ seed, held, bad: bad.map(({ id, found, expected, note }) => ({ id, found, expected, note })) });
      }
    });
    expect(failed).toEqual([]);
    expect(checks).toBeGreaterThan(400);
  }, 120_000);

  it('of another table is broken by what is new in it', async () => {
    const rows = (from: number): string =>
      Array.from({ length: 200 }, (_, row) => `${row + from},${['a', 'b'][row % 2]}`).join('\n');
    const source = (name: string): TableSource => ({ files: [join(folder, name)], format: 'csv' });
    writeFileSync(join(folder, 'one.csv'), `n,c\n${rows(0)}\n`);
    writeFileSync(join(folder, 'two.csv'), `n,c\n-500,z\n${rows(0).replaceAll('a', '').slice(0, 900)}\n`);
    await withDataProcess({ bundle: join(repository, 'dist') }, async (data) => {
      const draft = await data.ask('inferContract', {
        source: source('one.csv'),
        name: 't',
        physicalName: null,
        origin: 'one',
      });
      const now = new Date().toISOString();
      const report = await data.ask('check', {
        source: source('two.csv'),
        contract: draft.text,
        path: 'c',
        table: null,
        others: {},
        now,
      });
      const broken = report.checks.filter(({ verdict }) => verdict === 'warning').map(({ id }) => id);
      expect([report.verdict, broken]).toEqual(['warning', ['n.range', 'c.nulls', 'c.in-set']]);
    });
  });
});
