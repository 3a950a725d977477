// What a search of the output finds: lines as a terminal shows them, each once, however long they are.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInOutput } from '../../src/lifecycle/runs/reading/output-find';

async function found(output: string, text: string): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-output-'));
  try {
    const path = join(folder, 'output.log');
    writeFileSync(path, output);
    const all: number[] = [];
    for (let from = 0; ; ) {
      const { offsets, next, size } = await findInOutput({ path, text, from });
      all.push(...offsets);
      if (next >= size) return all;
      expect(next).toBeGreaterThan(from);
      from = next;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const piece = 256 * 1024;
const red = `${String.fromCharCode(27)}[31m`;

describe('a search of the output', () => {
  it('finds what lies across the cut of a long line', async () => {
    for (const before of [piece - 3, piece, 2 * piece - 1])
      expect(await found(`${'x'.repeat(before)}need${red}le${'y'.repeat(piece)}\nnext`, 'NEEDLE')).toHaveLength(1);
    expect(await found(`${'ä'.repeat(piece)}ünd`, 'äünd')).toHaveLength(1);
  });

  it('counts a long line once', async () => {
    expect(await found(`${'needle '.repeat(200_000)}\nno\na needle\n`, 'needle')).toEqual([0, 1_400_004]);
    expect(
      await found(`a needle\n${'x'.repeat(10_000_000)} needle ${'needle '.repeat(100_000)}`, 'needle'),
    ).toHaveLength(2);
  });

  it('does not count what a progress bar has drawn over', async () => {
    expect(await found('needle 1 %\rneedle 2 %\rdone\nneedle 5 %\r\r\n', 'needle')).toEqual([27]);
    expect(await found(`${'needle\r'.repeat(100_000)}done\n`, 'needle')).toEqual([]);
    expect(await found(`${'bar\r'.repeat(100_000)}needle${'\r'.repeat(piece)}\n`, 'needle')).toHaveLength(1);
    expect(await found(`needle${'\r'.repeat(2 * piece)}done\n`, 'needle')).toEqual([]);
  });

  it('finds every line of many', async () => {
    expect(await found('a needle\n'.repeat(100_000), 'needle')).toEqual(
      Array.from({ length: 100_000 }, (_, i) => 9 * i),
    );
    expect(await found('', 'needle')).toEqual([]);
  });
});
