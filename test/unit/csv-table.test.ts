// Any table comes back as it was written, wherever the pieces end in which it is read.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource, Cell } from '../../src/platform/tables/byte-source';
import { readCsv } from '../../src/platform/tables/csv-table';

function sourceOf(text: string): ByteSource {
  const bytes = new TextEncoder().encode(text);
  return { name: 'table.csv', size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}

async function rowsOf(text: string): Promise<{ names: readonly string[]; rows: (readonly Cell[])[] }> {
  const read: { names: readonly string[]; rows: (readonly Cell[])[] } = { names: [], rows: [] };
  await readCsv(sourceOf(text), {
    columns: (names) => {
      read.names = names;
    },
    row: (cells) => read.rows.push([...cells]),
  });
  return read;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

describe('CSV', () => {
  it('comes back whatever its cells hold', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', '👩‍🔬', ';') });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (rows, end, last) => {
        const lines = [['x', 'y', 'z'], ...rows].map((row) => row.map(quoted).join(','));
        const { names, rows: read } = await rowsOf(lines.join(end) + (last ? end : ''));
        expect(names).toEqual(['x', 'y', 'z']);
        expect(read).toEqual(rows.map((row) => row.map((value) => (value === '' ? null : value))));
      }),
    );
  });

  it('comes back where a piece ends within a cell, a quotation mark, a line end or a letter', async () => {
    const piece = 4 * 1024 * 1024;
    const tail = '"é,""q""\r\n","👩"\r\nlast,1\r\n';
    for (let shift = 0; shift <= 24; shift += 1) {
      const head = 'x,y\r\n';
      const fill = 'f'.repeat(piece - head.length - 3 - shift);
      const { rows } = await rowsOf(`${head}${fill},1\r\n${tail}`);
      expect(rows.slice(1)).toEqual([
        ['é,"q"\r\n', '👩'],
        ['last', '1'],
      ]);
      expect(String(rows[0]?.[0]).length).toBe(fill.length);
    }
  });

  it.each([
    ['a;b\n1;2\n', ['a', 'b']],
    ['a\tb\n1\t2\n', ['a', 'b']],
    ['\ufeffa,b\n1,2\n', ['a', 'b']],
    ['"a","b"\r"1",2\r', ['a', 'b']],
  ])('understands %j', async (text, names) => {
    expect(await rowsOf(text)).toEqual({ names, rows: [['1', '2']] });
  });

  it('takes an empty line between the values of one column for a missing one', async () => {
    expect((await rowsOf('v\n1\n\n3\n')).rows).toEqual([['1'], [null], ['3']]);
    expect((await rowsOf('v\n1\n\n')).rows).toEqual([['1'], [null]]);
    expect((await rowsOf('v\n1\n""\n')).rows).toEqual([['1'], [null]]);
    expect((await rowsOf('v,w\n1,2\n\n3,4\n')).rows).toHaveLength(2);
  });

  it.each([
    ['a,b\n1\n', 'line 2: 1 cells'],
    ['a,b\n\n1,2,3\n', 'line 3: 3 cells'],
    ['a\n"x"y\n', 'line 2 has text behind a closing quotation mark'],
    ['a\nx"y\n', 'line 2 has a quotation mark in the middle of a cell'],
    ['a\n"x\n', 'that a quotation mark opened in line 2'],
  ])('refuses %j with its line', async (text, sentence) => {
    await expect(rowsOf(text)).rejects.toThrow(sentence);
  });

  it('refuses what is not UTF-8', async () => {
    const bytes = Uint8Array.from([97, 10, 255, 10]);
    const source: ByteSource = { name: 'table.csv', size: 4, read: async (start, end) => bytes.subarray(start, end) };
    await expect(readCsv(source, { columns: () => undefined, row: () => undefined })).rejects.toThrow('UTF-8');
  });
});
