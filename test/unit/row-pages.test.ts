// Rows of a grid that fail to come are asked for again, and those of a choice that is over are not heard.
import { expect, it } from 'vitest';
import type { GridPage } from '../../src/protocol/datasets/table/grid';
import { RowPages } from '../../webview/grid/rows/row-pages';
import type { Host } from '../../webview/kit/host/host';

const page: GridPage = { columns: [], rows: [{ row: 1, cells: [] }], isEnd: true, notes: [] };

function asked(answers: readonly (() => Promise<GridPage>)[]) {
  const seen = { asked: 0, changed: 0, failed: 0 };
  const query = (): Promise<GridPage> => (answers[seen.asked++] as () => Promise<GridPage>)();
  const pages = new RowPages(
    { query } as unknown as Host,
    { sort: [], filters: [] },
    { changed: () => (seen.changed += 1), failed: () => (seen.failed += 1) },
  );
  return { pages, seen };
}

it('a page that failed is asked for again when it is wanted again', async () => {
  const { pages, seen } = asked([() => Promise.reject(new Error('no')), async () => page]);
  pages.want(0, 10);
  await expect.poll(() => seen.failed).toBe(1);
  pages.want(0, 10);
  await expect.poll(() => pages.at(0)).toEqual(page.rows[0]);
  pages.want(0, 10);
  expect(seen).toEqual({ asked: 2, changed: 1, failed: 1 });
});

it('what comes after the rows were let go of is not heard', async () => {
  const come = Promise.withResolvers<GridPage>();
  const { pages, seen } = asked([() => come.promise]);
  pages.want(0, 10);
  pages.dispose();
  come.resolve(page);
  await new Promise((resolve) => setImmediate(resolve));
  expect([seen.changed, pages.known]).toEqual([0, 0]);
});
