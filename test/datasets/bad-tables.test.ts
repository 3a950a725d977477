// Tables as they really come: what can be read is read and said, what cannot names its file and line.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipway, slipwayJson } from './slipway-cli';

interface Profiled {
  rows: number;
  columns: {
    name: string;
    kind: string;
    nulls: number;
    distinct: number;
    numbers: { min: unknown; max: unknown } | null;
  }[];
  notes: string[];
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-bad-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const profiled = (name: string, content: string | Uint8Array): Profiled =>
  slipwayJson(['profile', write(name, content)]);
const utf16be = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `${index},x${index}\n`).join('');

const wordsContract = `apiVersion: v3.0.2
kind: DataContract
id: words
version: 1.0.0
status: active
schema:
  - name: words
    properties:
      - name: a
        logicalType: string
        quality:
          - type: library
            rule: invalidValues
            mustBe: 0
            arguments: { validValues: ["yes", "no"] }
`;

describe('refused', () => {
  const cases: [name: string, content: string | Uint8Array, says: string][] = [
    ['more.csv', 'a,b\n1,2\n3,4,5\n6,7\n', 'more.csv:3: the row has 3 values, and the header 2.'],
    ['fewer.csv', 'a,b\n1,2\n3\n6,7\n', 'fewer.csv:3: the row has 1 value, and the header 2.'],
    ['deep.csv', `a,b\n${lines(5000)}7,8,9\n`, 'deep.csv:5002: the row has 3 values, and the header 2.'],
    ['quote.csv', 'a,b\n1,"x\n2,y\n', 'quote.csv:2: a quote is opened and not closed.'],
    ['empty.csv', '', 'empty.csv is empty: it has no header.'],
    ['nul.csv', 'a,b\n1,\0\n', 'nul.csv is not a text: it holds NUL bytes.'],
    ['long.csv', `a\n${'x'.repeat(68_000_000)}\n`, 'long.csv:1: the line is longer than 64 MB'],
    ['cut.csv.gz', gzipSync(lines(20_000)).subarray(0, 20_000), 'cut.csv.gz is cut off or damaged'],
    [
      'late.csv',
      Buffer.concat([Buffer.from(`a,b\n${lines(60_000)}`), Buffer.from('Köln,1\n', 'latin1')]),
      'late.csv:60002:',
    ],
    ['bad.jsonl', '{"a":1}\n{"a":2,\n{"a":3}\n', 'bad.jsonl:2: this is not JSON: it ends after 7 characters'],
    ['word.jsonl', '{"a":NaN,}\n\n{"b":tru}\n{"a":3}\n', 'word.jsonl:3: this is not JSON: } does not fit.'],
    ['after.csv', 'a,b\n1,"2"\n3,"p"q\n', 'after.csv:3: something follows the quote that ends a value.'],
    ['bad.json', '[{"a":1},{"a":', 'bad.json: row'],
    ['empty.json', '[]', 'empty.json is empty.'],
    ['nested.jsonl', `{"a":${'['.repeat(100_000)}`, 'nested.jsonl is no table: its values are nested more than 500'],
    [
      'late-nested.jsonl',
      `${'{"a":1,"b":"x\\"{"}\n'.repeat(80_000)}{"c":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}\n`,
      'late-nested.jsonl is no table: its values are nested more than 500',
    ],
    ['numbers.json', '[1,2,3]', 'numbers.json is no table: its rows must be objects'],
    ['fake.parquet', 'hello', 'fake.parquet: it is cut off, or no Parquet file.'],
    ['cut.parquet', 'PAR1 and then no more than this', 'cut.parquet: it is cut off, or no Parquet file.'],
  ];
  it.each(cases)('%s', (name, content, says) => {
    const { code, out, error } = slipway(['profile', write(name, content), '--json']);
    expect([code, out]).toEqual([3, '']);
    expect(error).toContain(says);
    expect(error.trim().split('\n').length).toBe(1);
  });

  it('a link that leads round in a circle, and a folder', () => {
    symlinkSync('round.csv', join(folder, 'round.csv'));
    expect(slipway(['profile', join(folder, 'round.csv')]).error).toContain('round.csv is a link that leads nowhere');
    mkdirSync(join(folder, 'folder.csv'));
    expect(slipway(['profile', join(folder, 'folder.csv')]).error).toContain('folder.csv is a folder.');
  });

  it('files of one table that are not written alike', () => {
    write('part-1.csv', 'a,b\n1,2\n');
    write('part-2.csv', 'b,c\n3,4\n');
    const both = join(folder, 'part-*.csv');
    expect(slipwayJson<Profiled>(['profile', both]).columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    write('part-3.csv', 'a;b\n1;2\n');
    expect(slipway(['profile', both]).error).toContain('part-3.csv has ; between values, and part-1.csv ,.');
    write('part-3.csv', '5,6\n');
    expect(slipway(['profile', both]).error).toContain('part-3.csv has no header, and part-1.csv has one.');
  });

  it('a file that changes while it is read', async () => {
    const path = write('growing.csv', `a,b\n${lines(2_000_000)}`);
    const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
    const child = spawn(process.execPath, [cli, 'profile', path], { stdio: ['ignore', 'ignore', 'pipe'] });
    let error = '';
    child.stderr.on('data', (piece) => {
      error += piece;
    });
    const growing = setInterval(() => appendFileSync(path, '1,2\n'), 20);
    const code = await new Promise((resolve) => child.once('close', resolve));
    clearInterval(growing);
    expect([code, error.trim()]).toEqual([
      3,
      'slipway: growing.csv changed while it was being read. Try again when it is at rest.',
    ]);
  });
});

describe('read', () => {
  it('bytes that are not UTF-8, and UTF-16 of either order', () => {
    const text = 'city,n\nMünchen,1\nKöln,2\n';
    for (const [name, content] of [
      ['latin.csv', Buffer.from(text, 'latin1')],
      ['le.csv', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['be.csv', utf16be(text)],
    ] as const) {
      const { rows, columns, notes } = profiled(name, content);
      expect([name, rows, columns.map((column) => column.name)]).toEqual([name, 2, ['city', 'n']]);
      expect(notes[0]).toContain(`${name} was read as`);
    }
    expect(profiled('mark.csv', '\ufeffid,v\n1,2\n').columns[0]?.name).toBe('id');
    expect(profiled('mark.jsonl', '\ufeff{"id":1}\n').columns[0]?.name).toBe('id');
  });

  it('values of several types as text, and says so', () => {
    const { columns, notes } = profiled('mixed.csv', `a,b\n${lines(100)}x,5\n`);
    expect(columns.map(({ kind }) => kind)).toEqual(['text', 'text']);
    expect(notes).toEqual([]);
    // Beyond the rows that types are told from.
    const late = profiled('late-mix.csv', `a,b\n${`1,${'y'.repeat(250)}\n`.repeat(270_000)}x,5\n`);
    expect([late.rows, late.columns[0]?.kind]).toEqual([270_001, 'text']);
    expect(late.notes).toEqual(['a holds values of more than one type and is read as text.']);
  });

  it('a header without rows, columns without values, infinities and integers beyond 2^53', () => {
    expect(profiled('header.csv', 'a,b\n').rows).toBe(0);
    expect(profiled('nothing.csv', 'a,b\n,1\n,2\n').columns[0]?.nulls).toBe(2);
    expect(profiled('far.csv', 'a\n1\ninf\n-inf\n').columns[0]?.numbers).toMatchObject({
      min: '-Infinity',
      max: 'Infinity',
    });
    const big = profiled('big.csv', 'a\n9007199254740993\n9007199254740995\n').columns[0]?.numbers;
    expect([big?.min, big?.max]).toEqual(['9007199254740993', '9007199254740995']);
  });

  it('whole numbers beyond 64 bits stay apart, and as long as they are', () => {
    const ids = (first: bigint): bigint[] => Array.from({ length: 1000 }, (_, index) => first + 7n * BigInt(index));
    const far = [2n ** 63n, 2n ** 64n, -(2n ** 63n) - 7000n, 10n ** 45n].map(ids);
    const text = `id,huge,below,longer\n${ids(0n)
      .map((_, row) => far.map((column) => column[row]).join())
      .join('\n')}\n`;
    const { columns } = profiled('far-ids.csv', text);
    expect(columns.map(({ kind, distinct }) => [kind, distinct])).toEqual([
      ['integer', 1000],
      ['integer', 1000],
      ['integer', 1000],
      ['text', 1000],
    ]);
    const min = String(2n ** 63n);
    expect(columns[0]?.numbers).toMatchObject({ min, quantiles: { p50: String(2n ** 63n + 7n * 499n) } });
    const path = join(folder, 'far-ids.csv');
    expect(slipwayJson<{ rows: unknown }>(['diff', path, path, '--key', 'huge']).rows).toMatchObject({ same: 1000 });
    expect(slipway(['check', path, '--infer']).out.match(/duplicateValues/g)?.length).toBe(4);
    expect(slipway(['profile', path]).out).not.toContain('9223370000000000000');
    // Of neighbours a contract tells the one it names, without quotes too.
    const [least, most] = [far[0]?.[0], far[0]?.[999]] as [bigint, bigint];
    const own = (check: string): string => `{ type: custom, engine: slipway, implementation: ${check} }`;
    const checks = [
      own(`{ range: { min: ${least}, max: ${most - 1n} } }`),
      own(`"in: { values: [${most}], mostly: 0.001 }"`),
      own(`{ notIn: { values: [${most - 1n}, ${least + 1n}] } }`),
    ];
    writeFileSync(
      join(folder, 'far-ids.odcs.yaml'),
      `apiVersion: v3.1.0\nkind: DataContract\nid: far\nversion: 1.0.0\nstatus: active\nschema:\n  - name: far-ids\n    properties:
      - { name: id, logicalTypeOptions: { maximum: ${most - 1n} }, quality: [${checks.join(', ')}] }\n`,
    );
    const judged = slipwayJson<{ checks: { id: string; verdict: string; bad_rows: number | null }[] }>([
      'check',
      path,
    ]).checks;
    expect(Object.fromEntries(judged.map((each) => [each.id, [each.verdict, each.bad_rows]]))).toMatchObject({
      'id.range': ['fail', 1],
      'id.range-2': ['fail', 1],
      'id.in-set': ['pass', 999],
      'id.not-in-set': ['pass', 0],
    });
    // What has decimals too is no id.
    expect(profiled('far-more.csv', `a\n${min}\n1.5\n`).columns[0]?.kind).toBe('number');
  });

  it('lines that end in several ways, also after many that do not', () => {
    const mixed = profiled('ends.csv', 'a,b\r\n1,2\n3,4\r\n');
    expect([mixed.rows, mixed.columns.map(({ kind }) => kind)]).toEqual([2, ['integer', 'integer']]);
    expect(mixed.notes).toEqual(['ends.csv ends its lines in several ways, which were read alike.']);
    const late = profiled('late-ends.csv', `a,b\r\n${'1,"x\ny"\r\n'.repeat(50_000)}2,z\n3,z\r\n`);
    expect([late.rows, late.columns.map(({ distinct }) => distinct)]).toEqual([50_002, [3, 2]]);
    expect(profiled('inner-ends.csv', 'a,b\r\n1,"x\ny"\r\n').notes).toEqual([]);
  });

  it('only true and false as booleans, and the cases of yes and no apart', () => {
    const words = profiled('words.csv', 'a,b,c,d,e\nyes,t,on,True,y\nno,f,off,FALSE,n\n,f,off,,n\n');
    expect(words.columns.map(({ kind }) => kind)).toEqual(['text', 'text', 'text', 'boolean', 'text']);
    const [small, large] = [write('yes.csv', 'a\nyes\nno\n'), write('YES.csv', 'a\nYES\nNO\n')];
    expect(slipwayJson<{ rows: unknown }>(['diff', small, large]).rows).toMatchObject({ added: 2, removed: 2 });
    const contract = write('words.odcs.yaml', wordsContract);
    expect(slipway(['check', small, '--contract', contract]).code).toBe(0);
    expect(slipway(['check', large, '--contract', contract]).code).toBe(1);
  });

  it('a column that begins with inf as numbers, and one with a word in it as text', () => {
    const { columns } = profiled('inf.csv', 'a,b,d\ninf,inf,2013-01-01\n1,x,2013-01-02\n-Infinity,2,2013-01-03\n');
    expect(columns.map(({ kind }) => kind)).toEqual(['number', 'text', 'date']);
  });

  it('the numbers that pandas names columns by as names, and says so where a header may be a row', () => {
    const read = (content: string): unknown => {
      const { rows, columns, notes } = profiled('first.csv', content);
      return [rows, columns.map(({ name }) => name), notes.map((note) => note.replace(/If.*/, '').trim())];
    };
    expect(read('0,1,2\n5,6,7\n')).toEqual([1, ['0', '1', '2'], []]);
    expect(read(',0,1\n0,0.5,0.25\n1,0.5,0.75\n')).toEqual([2, ['column0', '0', '1'], []]);
    expect(read('0,1,2,target\n5,6,7,1\n')).toEqual([1, ['0', '1', '2', 'target'], []]);
    expect(read('country,2019,2020\nFI,1,2\n')).toEqual([1, ['country', '2019', '2020'], []]);
    const headless = 'first.csv has no header: its first row is data.';
    expect(read('5,6,7\n8,9,1\n')).toEqual([2, ['column0', 'column1', 'column2'], [headless]]);
    expect(read('0\n1\n0\n')).toEqual([3, ['column0'], [headless]]);
    const doubt = (values: string): string =>
      `first.csv: the first row was taken for the header, but holds what looks like data (${values}).`;
    expect(read('2024-01-01,AA,17\n2024-01-02,UA,18\n')).toEqual([
      1,
      ['2024-01-01', 'AA', '17'],
      [doubt('2024-01-01, 17')],
    ]);
    expect(read('AA,-0.5,1e3,7,9\nUA,0.5,1,2,3\n')).toEqual([
      1,
      ['AA', '-0.5', '1e3', '7', '9'],
      [doubt('-0.5, 1e3, 7, …')],
    ]);
  });

  it('blank lines before the header', () => {
    const { rows, columns } = profiled('blank.csv', '\r\n  \r\na,b\r\n1,2\r\n3,4\r\n');
    expect([rows, columns.map(({ name, kind }) => [name, kind])]).toEqual([
      2,
      [
        ['a', 'integer'],
        ['b', 'integer'],
      ],
    ]);
    const ragged = slipway(['profile', write('blank-more.csv', '\n  \na,b\n1,2\n3,4,5\n')]);
    expect(ragged.error).toContain('blank-more.csv:5: the row has 3 values, and the header 2.');
  });

  it('columns whose names stand for missing values', () => {
    const { columns } = profiled('missing.csv', 'NA,x,null,nan,None,\n1,2,3,4,5,6\n');
    expect(columns.map(({ name }) => name)).toEqual(['NA', 'x', 'null', 'nan', 'None', 'column5']);
  });

  it('packed files that are not UTF-8', () => {
    const text = 'city,n\nMünchen,1\nKöln,2\n';
    const zipped = zstdCompressSync(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(profiled('le.csv.zst', zipped)).toMatchObject({ rows: 2, columns: [{ name: 'city' }, { name: 'n' }] });
    expect(profiled('latin.csv.zst', zstdCompressSync(Buffer.from(text, 'latin1'))).rows).toBe(2);
    expect(profiled('latin.csv.gz', gzipSync(Buffer.from(text, 'latin1'))).rows).toBe(2);
  });

  it('columns of one name, of none, of any script, and of SQL', () => {
    const { columns, notes } = profiled('twice.csv', 'a,a,A,\n1,2,3,4\n');
    expect(new Set(columns.map(({ name }) => name)).size).toBe(4);
    expect(notes.join()).toContain('a in column 2 is called a_1 here');
    const odd = profiled(`東京 'é' "[1]*😀.csv`, '"""; DROP TABLE x",ключ\n1,ü\n');
    expect(odd.columns.map(({ name }) => name)).toEqual(['"; DROP TABLE x', 'ключ']);
  });

  it('five thousand columns', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    const texts = ['Ab', 'a b', '', 'A-B', '"1,5"', '2013-01-31', '7', '-0.0', 'Ab', '1.5'];
    const value = (at: number, index: number): unknown =>
      index % 5 === 0 ? texts[(at * (index + 1)) % 10] : index % 5 === 1 ? at * index * 1e16 : (at * index) % 97;
    const table = (count: number): string =>
      [names.slice(0, count), ...texts.map((_, at) => names.slice(0, count).map((__, index) => value(at, index)))].join(
        '\n',
      );
    const { rows, columns } = profiled('wide.csv', table(5000));
    expect([rows, columns.length]).toEqual([10, 5000]);
    // Many columns are read together, and a few one by one.
    expect(columns.slice(0, 40)).toEqual(profiled('narrow.csv', table(40)).columns);
    const draft = slipway(['check', join(folder, 'wide.csv'), '--infer']).out;
    expect(draft).toContain('10 rows, 5000 columns');
  });
});
