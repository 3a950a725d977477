// A list that comes in pages is read to its end, and no further than the caller wants.
import { expect, it } from 'vitest';
import { everyPage } from '../../src/protocol/every-page';

const pages = new Map<string | null, { items: number[]; next: string | null }>([
  [null, { items: [1, 2], next: 'b' }],
  ['b', { items: [], next: 'c' }],
  ['c', { items: [3], next: null }],
]);

async function read(most: number): Promise<{ items: number[]; asked: (string | null)[] }> {
  const items: number[] = [];
  const asked: (string | null)[] = [];
  const all = everyPage(async (page) => {
    asked.push(page);
    return pages.get(page) ?? { items: [], next: null };
  });
  for await (const page of all) {
    items.push(...page.items);
    if (items.length >= most) break;
  }
  return { items, asked };
}

it('follows the tokens to the end, over an empty page too', async () => {
  expect(await read(10)).toEqual({ items: [1, 2, 3], asked: [null, 'b', 'c'] });
});

it('asks for nothing more once the caller has enough', async () => {
  expect(await read(2)).toEqual({ items: [1, 2], asked: [null] });
});
