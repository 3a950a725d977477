// A file of a table in the editor: a grid for Parquet from the start, for a CSV when asked; no workspace needed.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openFile } from './open-file';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { sharedWindow } from './shared-window';
import { inFileName, themes } from './themes';

const rows = 1_000_000;

async function writeTables(root: string): Promise<void> {
  mkdirSync(join(root, 'data'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT range AS id, 'c' || (range % 7) AS carrier, (range * 7919) % 1000 / 10.0 AS delay,
      CASE WHEN range % 10 = 0 THEN NULL ELSE range % 3 = 0 END AS late, TIMESTAMP '2013-01-01' + to_seconds(range) AS at,
      'note ' || range AS note FROM range(${rows})) TO '${join(root, 'data', 'flights.parquet')}' (FORMAT parquet)`);
  await connection.run(`COPY (SELECT (range * 7919) % 1500000 AS id, repeat('note ', 15) || range AS note FROM range(1500000))
      TO '${join(root, 'data', 'long.csv')}' (FORMAT csv, HEADER)`);
  connection.closeSync();
  writeFileSync(join(root, 'data', 'small.csv'), 'name,n\nÅsa,2\n"a\tb",\nzoë,10\n');
  writeFileSync(join(root, 'data', 'broken.csv'), 'a,b\n1,2\n3\n');
  for (const [name, isAfter] of [
    ['monday.csv', false],
    ['tuesday.csv', true],
  ] as const) {
    writeFileSync(join(root, 'data', name), dayOfFlights(isAfter));
  }
}

/** Three hundred flights; a day later every second is late by one more, three are gone, two are new, and a gate is known. */
function dayOfFlights(isAfter: boolean): string {
  const lines = Array.from({ length: 300 }, (_, id) => {
    const delay = id % 50 === 7 ? '' : String(id % 2 === 0 && isAfter ? id + 1 : id);
    const city = isAfter && id === 4 ? 'Århus' : 'Oslo';
    return `f${id},${city},${delay}${isAfter ? `,${id % 9}` : ''}`;
  }).slice(isAfter ? 3 : 0);
  const more = isAfter ? ['x1,Bergen,5,1', 'x2,Bergen,,2'] : [];
  return `${[`flight,city,delay${isAfter ? ',gate' : ''}`, ...lines, ...more].join('\n')}\n`;
}

/** The file in the grid for texts. */
async function openAsGrid(editor: Editor, name: string): Promise<void> {
  await openFile(editor, name);
  await editor.choose('View: Reopen Editor With...', 'Slipway Table');
}

/**
 * Selects two files of the Explorer. It selects what has just been opened, and nothing but that, when it gets to it: then
 * they are selected once more.
 */
async function selectBoth(editor: Editor, first: string, second: string): Promise<void> {
  await editor.treeRow(first).click();
  await editor.page.locator('.tab.active', { hasText: first }).waitFor();
  const selected = editor.page.locator('.sidebar .monaco-list-row.selected');
  const again = async (): Promise<number> => {
    await editor.treeRow(first).click();
    await editor.treeRow(second).click({ modifiers: ['Control'] });
    await editor.page.waitForTimeout(500);
    return selected.count();
  };
  await expect.poll(again).toBe(2);
}

describe('the grid of a file', () => {
  const shared = sharedWindow(async () => {
    const project = Project.create({ initialize: false });
    await writeTables(project.root);
    return project;
  });

  it('a million rows of Parquet: to the end by keys, sorted, filtered, copied', async () => {
    const { editor, project } = shared;
    await openFile(editor, 'flights.parquet');
    const grid = await editor.webviewFrame('td.cell');
    const cell = (row: number, column: number) => grid.locator(`#cell-${row}-${column}`);
    await expect.poll(() => grid.locator('.bar [role=status]').innerText()).toBe('1,000,000 rows, 6 columns');
    await expect.poll(() => grid.locator('.head-bars').count()).toBeGreaterThan(2);
    await cell(0, 1).click();
    await editor.page.keyboard.press('Control+ArrowDown');
    await expect.poll(() => cell(rows - 1, 0).innerText()).toBe(String(rows - 1));
    await editor.page.keyboard.press('Control+Home');
    await expect.poll(() => cell(0, 0).innerText()).toBe('0');
    await editor.screenshot('grid-parquet');

    await grid.getByRole('button', { name: 'Sort by id' }).click();
    await grid.getByRole('button', { name: 'Sort by id' }).click();
    await expect.poll(() => cell(0, 0).innerText()).toBe(String(rows - 1));
    expect(await grid.locator('.line .row-number').first().innerText()).toBe('1,000,000');
    await grid.getByRole('button', { name: 'Filter: carrier' }).click();
    await grid.getByRole('checkbox', { name: 'c3' }).check();
    await editor.screenshot('grid-filter');
    await grid.getByRole('button', { name: 'Filter', exact: true }).click();
    await expect.poll(() => grid.locator('.bar [role=status]').innerText()).toContain('142,857 of 1,000,000 rows');
    await expect.poll(() => cell(0, 1).innerText()).toBe('c3');
    await cell(0, 0).click();
    await editor.page.keyboard.press('Shift+ArrowDown');
    await editor.page.keyboard.press('Shift+ArrowRight');
    await editor.page.keyboard.press('Control+c');
    await expect.poll(() => editor.page.evaluate('navigator.clipboard.readText()')).toBe('999995\tc3\n999988\tc3');
    await grid.getByLabel('Find a column').fill('note');
    await expect.poll(() => grid.locator('.head.found .head-name').innerText()).toBe('note');
    await editor.screenshot('grid-filtered');
    // A look at a file makes nothing.
    expect(existsSync(join(project.root, '.slipway'))).toBe(false);
  });

  it('a CSV when asked, anew when it changes, and what is wrong with one', async () => {
    const { editor, project } = shared;
    await openAsGrid(editor, 'small.csv');
    const grid = await editor.webviewFrame('td.cell');
    await expect.poll(() => grid.locator('.bar [role=status]').innerText()).toBe('3 rows, 2 columns');
    expect(await grid.locator('#cell-1-1').innerText()).toBe('null');
    writeFileSync(join(project.root, 'data', 'small.csv'), 'name,n\nÅsa,2\n');
    await expect.poll(() => grid.locator('.bar [role=status]').innerText()).toBe('1 row, 2 columns');
    await editor.screenshot('grid-csv');
    await openAsGrid(editor, 'broken.csv');
    const broken = await editor.webviewFrame('[role=alert]');
    await broken.getByText('broken.csv:3: the row has 1 value, and the header 2.').waitFor();
    await editor.screenshot('grid-broken');
    await broken.getByRole('button', { name: 'Open as Text' }).click();
    await editor.page.locator('.view-lines').waitFor();
  });

  it('a long CSV, sorted: how much of it is read, cancelled as it was, and in order at last', async () => {
    const { editor } = shared;
    await openAsGrid(editor, 'long.csv');
    const grid = await editor.webviewFrame('td.cell');
    const first = grid.locator('#cell-0-0');
    await expect.poll(() => first.innerText()).toBe('0');
    expect(await grid.locator('#cell-1-0').innerText()).toBe('7919');
    const sort = grid.getByRole('button', { name: 'Sort by id' });
    await sort.click();
    const taking = grid.locator('.taking');
    await expect.poll(() => taking.innerText()).toMatch(/^Reading long.csv\s+[\d.]+ MB of 13\d MB\s+Cancel$/);
    await editor.screenshot('grid-reading');
    await taking.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => taking.count()).toBe(0);
    await expect.poll(() => grid.locator('#cell-1-0').innerText()).toBe('7919');
    expect(await grid.locator('th[aria-sort=ascending]').count()).toBe(0);
    await sort.click();
    await sort.click();
    await expect.poll(() => first.innerText(), { timeout: 60_000 }).toBe('1499999');
    await expect.poll(() => taking.count()).toBe(0);
  });

  it('two files of the Explorer, compared: by a key that is chosen, changed cells old and new, paged and copied', async () => {
    const { editor, project } = shared;
    await editor.openView('Explorer');
    if ((await editor.treeRow('monday.csv').count()) === 0) await editor.treeRow(/^data$/).click();
    await selectBoth(editor, 'monday.csv', 'tuesday.csv');
    await editor.chooseInMenuOf(editor.treeRow('tuesday.csv'), 'Compare Tables');
    const diff = await editor.webviewFrame('.opening h1');
    const sentence = () => diff.locator('.opening h1').innerText();
    expect(await sentence()).toBe('150 rows added, 151 rows removed; column: 1 new');
    await editor.screenshot('diff-whole');
    await diff.getByRole('button', { name: 'Use flight' }).click();
    await expect.poll(sentence).toBe('148 rows changed, 2 rows added, 3 rows removed; column: 1 new');
    const rows = diff.locator('.diff-rows tbody tr');
    await expect.poll(() => rows.count()).toBe(50);
    // The rows of the comparison before stay until the others are there.
    await expect.poll(() => rows.nth(0).innerText()).toMatch(/^f4\s+Oslo → Århus\s+4 → 5$/);
    await expect.poll(() => diff.locator('.pager').innerText()).toContain('1–50 of 148');
    await editor.screenshot('diff-keyed');
    await diff.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => diff.locator('.pager').innerText()).toContain('51–100 of 148');
    await diff.getByLabel('Changed in').selectOption({ label: 'in city, 1 row' });
    await expect.poll(() => rows.count()).toBe(1);
    await rows.first().focus();
    await editor.page.keyboard.press('Control+c');
    await expect
      .poll(() => editor.page.evaluate('navigator.clipboard.readText()'))
      .toBe('\tflight\tcity\tdelay\nmonday.csv\tf4\tOslo\t4\ntuesday.csv\tf4\tÅrhus\t5');
    await diff.getByRole('button', { name: 'Removed 3' }).click();
    await expect.poll(() => rows.first().innerText()).toMatch(/^f0\s+Oslo\s+0$/);
    await editor.page.keyboard.press('Tab');
    await diff.getByRole('button', { name: 'Take Away: flight' }).click();
    await diff.getByLabel('Key column').selectOption('city');
    await expect.poll(sentence).toContain('column: 1 new');
    await diff.getByText('have a key that occurs more than once').waitFor();
    await editor.screenshot('diff-twice');
    await diff.getByRole('button', { name: 'Take Away: city' }).click();
    await diff.getByRole('button', { name: 'Use flight' }).click();
    await expect.poll(sentence).toMatch(/^148 rows changed/);
    writeFileSync(join(project.root, 'data', 'tuesday.csv'), dayOfFlights(false));
    await expect.poll(sentence).toBe('The tables are the same: 300 rows');
    writeFileSync(join(project.root, 'data', 'tuesday.csv'), dayOfFlights(true));
    await expect.poll(sentence).toMatch(/^148 rows changed/);
    await editor.reload();
    const back = await editor.webviewFrame('.diff-rows tbody tr');
    expect(await back.locator('.opening h1').innerText()).toMatch(/^148 rows changed/);
    for (const theme of themes) {
      await editor.setTheme(theme);
      for (const width of [1500, 800]) {
        await editor.page.setViewportSize({ width, height: 1000 });
        await editor.page.waitForTimeout(300);
        expect(await faultsOf(back), theme).toEqual([]);
        await editor.screenshot(`diff-${inFileName(theme)}-${width}`);
      }
    }
    await editor.setTheme('Default Dark Modern');
    await editor.page.setViewportSize({ width: 1280, height: 900 });
    expect(existsSync(join(project.root, '.slipway'))).toBe(false);
  });

  it('in the four themes', async () => {
    const { editor } = shared;
    for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default High Contrast Light'] as const) {
      await editor.setTheme(theme);
      await openFile(editor, 'flights.parquet');
      await (await editor.webviewFrame('td.cell')).locator('.head-bars').first().waitFor();
      await editor.screenshot(`grid-${inFileName(theme)}`);
    }
    await editor.setTheme('Default Dark Modern');
  });

  it('a Feather file opens as a table at once', async () => {
    const { editor, project } = shared;
    const table = tableFromArrays({ id: Int32Array.from([1, 2, 3]), name: ['a', 'b', null] });
    writeFileSync(join(project.root, 'data', 'small.feather'), tableToIPC(table, 'file'));
    await openFile(editor, 'small.feather');
    const grid = await editor.webviewFrame('td.cell');
    await expect.poll(() => grid.locator('.bar [role=status]').innerText()).toBe('3 rows, 2 columns');
    await expect.poll(() => grid.locator('#cell-1-1').innerText()).toBe('b');
    await editor.screenshot('grid-feather');
  });
});
