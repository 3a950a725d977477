// Long work on a model in the editor: a whole table, what groups of rows get of it, and how fast the model is.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openFile } from './open-file';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { sharedWindow } from './shared-window';
import { inFileName, themes } from './themes';

const made = process.env.SLIPWAY_TEST_MODELS ?? '';
const python = process.env.SLIPWAY_TEST_PYTHON_INFERENCE ?? '';
const carriers = ['AA', 'B6', 'DL', 'UA'];
const airports = ['EWR', 'JFK', 'LGA'];

/** Flights whose status mostly follows from their delay; one carrier in nine rows. */
function flights(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const delay = (at * 37) % 90;
    const status = delay > 40 !== (at % 11 === 0) ? 'late' : 'on time';
    const carrier = at % 60 === 0 ? 'HA' : carriers[(at * 7) % 4];
    return `F${at},${carrier},${airports[at % 3]},${delay},${200 + (at % 50) * 31},${status}`;
  });
  return `flight,carrier,origin,dep_delay,distance,status\n${lines.join('\n')}\n`;
}

/** Rows of three kinds of flowers, as they are measured. */
function flowers(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const kind = at % 3;
    return [
      4.6 + kind * 0.9,
      3.4 - kind * 0.2,
      1.5 + kind * 2 - (at % 5) * 0.3,
      0.2 + kind,
      kind,
      at % 2 ? 'wet' : 'dry',
    ];
  });
  return `a,b,c,d,kind,soil\n${lines.map((line) => line.join(',')).join('\n')}\n`;
}

async function openPart(editor: Editor, model: string, part: 'Table' | 'Speed'): Promise<Frame> {
  await openFile(editor, model);
  const page = await editor.webviewFrame('.model-panel');
  await page.getByRole('button', { name: part, exact: true }).click();
  return page;
}

/** What a list that drops down says. */
function chosen(page: Frame, label: string): Promise<string> {
  return page.getByLabel(label).evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.textContent ?? '');
}

async function inThemes(editor: Editor, page: Frame, name: string, height = 1400): Promise<void> {
  for (const theme of themes) {
    await editor.setTheme(theme);
    for (const width of theme === themes[0] ? [1280, 760] : [1280]) {
      await editor.page.setViewportSize({ width, height });
      await editor.page.waitForTimeout(300);
      expect(await faultsOf(page)).toEqual([]);
      await editor.screenshot(`${name}-${inFileName(theme)}-${width}`);
    }
  }
  await editor.page.setViewportSize({ width: 1280, height: 800 });
  await editor.setTheme('Default Dark Modern');
}

describe('long work on a model', () => {
  const shared = sharedWindow(() => {
    if (made === '') throw new Error('There are no exported models: npm test -- --only editor makes them.');
    const project = Project.create();
    const models = join(project.root, 'models');
    mkdirSync(models);
    for (const name of ['mixed-columns', 'logistic-iris'])
      copyFileSync(join(made, name, 'model.onnx'), join(models, `${name}.onnx`));
    writeFileSync(join(project.root, 'flown.csv'), flights(600));
    writeFileSync(join(project.root, 'many.csv'), flights(400_000));
    writeFileSync(join(project.root, 'flowers.csv'), flowers(300));
    writeFileSync(
      join(project.root, 'slipway.yaml'),
      'version: 1\ndatasets:\n  flown: { path: flown.csv, key: flight, label: status }\n',
    );
    project.slipway('dataset', 'refresh', '--all');
    return project;
  });

  const predicted = (page: Frame) => page.getByRole('region', { name: 'Predictions of a table' });

  it('a dataset is predicted whole: metrics with intervals, errors, groups, and the file opens as a table', async () => {
    const { editor, project } = shared;
    const page = await openPart(editor, 'mixed-columns.onnx', 'Table');
    await editor.screenshot('table-before');
    await page.getByRole('button', { name: 'Choose Table…' }).click();
    await editor.quickPickRow(/^flown/).click();
    await expect.poll(() => chosen(page, 'What is true')).toBe('status');
    expect(await chosen(page, 'Rows are named by')).toBe('flight');
    await editor.screenshot('table-planned');
    await page.getByRole('button', { name: 'Predict Table' }).click();
    await expect.poll(() => predicted(page).innerText()).toMatch(/^accuracy 0\.\d{4} on 600 rows of flown@/);
    expect(await page.getByRole('region', { name: 'How good?' }).innerText()).toMatch(
      /roc_auc[\s\S]*0\.\d{4}\s+0\.\d{4} to (0\.\d{4}|1)/,
    );
    const groups = page.getByRole('table', { name: 'Groups of carrier' });
    await groups.waitFor();
    expect(await groups.innerText()).toMatch(/HA\s+10\s+too few rows: 30 are needed/);
    await page.getByLabel('Groups of fewer rows are not compared').fill('5');
    await page.getByLabel('Groups of fewer rows are not compared').press('Enter');
    await expect.poll(() => groups.innerText()).not.toContain('too few');
    await page.getByLabel('Groups by').selectOption('origin');
    await page.getByRole('table', { name: 'Groups of origin' }).waitFor();
    await inThemes(editor, page, 'table');
    const told = page.getByRole('region', { name: 'Predictions', exact: true });
    await told.getByRole('button', { name: 'Open Predictions' }).click();
    await editor.page.locator('.tab.active', { hasText: 'predictions.parquet' }).waitFor();
    expect(existsSync(join(project.root, 'models', 'predictions.parquet'))).toBe(true);
  });

  it('a table that is cancelled leaves nothing, a file is written over only when that is wanted, and a reload forgets nothing', async () => {
    const { editor, project } = shared;
    const models = join(project.root, 'models');
    const output = join(models, 'predictions.parquet');
    writeFileSync(output, 'mine');
    let page = await openPart(editor, 'mixed-columns.onnx', 'Table');
    const choose = page.getByRole('button', { name: /^(Choose|Other) Table…$/ });
    await choose.click();
    await editor.quickPickRow('many.csv').click();
    await expect
      .poll(() => page.locator('.plan-name').first().innerText())
      .toMatch(/many\.csv\s+400,000 rows, 6 columns/);
    await page.getByLabel('What is true').selectOption({ label: 'status' });
    await page.getByRole('button', { name: 'Predict Table' }).click();
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.getByText('predictions.parquet is already there.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Predict Table' }).click();
    await dialog.getByRole('button', { name: 'Overwrite' }).click();
    await expect.poll(() => page.locator('.work').innerText(), { interval: 20 }).toMatch(/\d of 400,000 rows/);
    await editor.screenshot('table-going');
    await page.locator('.work').getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page.locator('.work').innerText()).toBe('Cancelled. Nothing was written.');
    expect([readdirSync(models).filter((name) => name.includes('predictions')), readFileSync(output, 'utf8')]).toEqual([
      ['predictions.parquet'],
      'mine',
    ]);
    // A table goes on without its tab, and says when it is done.
    await page.getByRole('button', { name: 'Predict Table' }).click();
    await dialog.getByRole('button', { name: 'Overwrite' }).click();
    await expect.poll(() => page.locator('.work').innerText(), { interval: 20 }).toMatch(/\d of 400,000 rows/);
    await editor.closeEditors();
    const toast = (text: string) => editor.page.locator('.notification-toast', { hasText: text });
    await toast('mixed-columns.onnx: Predicting many.csv').first().waitFor();
    await editor.screenshot('table-going-without-tab');
    await toast('mixed-columns.onnx: Predicting many.csv is done.').waitFor({ timeout: 90_000 });
    expect(readFileSync(output).length).toBeGreaterThan(1000);
    await toast('is done.').getByRole('button', { name: 'Show' }).click();
    page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect.poll(() => predicted(page).innerText()).toMatch(/on 400,000 rows of many\.csv/);
    await page.getByRole('button', { name: /^(Choose|Other) Table…$/ }).click();
    await editor.quickPickRow(/^flown/).click();
    await expect.poll(() => page.locator('.plan-name').first().innerText()).toMatch(/flown@/);
    await expect.poll(() => chosen(page, 'What is true')).toBe('status');
    await page.getByRole('button', { name: 'Predict Table' }).click();
    await dialog.getByRole('button', { name: 'Overwrite' }).click();
    await expect.poll(() => readFileSync(output).length).toBeGreaterThan(4);
    await expect.poll(() => page.locator('.work').count()).toBe(0);
    await expect.poll(() => predicted(page).innerText()).toMatch(/on 600 rows of flown@/);
    const said = await predicted(page).innerText();
    // VS Code in the browser writes down what pages keep every five seconds; the page is not to depend on it.
    await editor.page.waitForTimeout(1000);
    await editor.reload();
    page = await editor.webviewFrame('.model-panel');
    await expect.poll(() => predicted(page).innerText()).toBe(said);
    expect(await page.locator('.plan-name').first().innerText()).toMatch(/flown@.*\s+600 rows/);
    await page.getByRole('table', { name: 'Groups of carrier' }).waitFor();
    copyFileSync(join(made, 'mixed-columns', 'model.onnx'), join(models, 'mixed-columns.onnx'));
    await expect.poll(() => page.locator('.banner').innerText()).toMatch(/written since[\s\S]*predict again/);
  });

  it('of several classes one is chosen as selected, and what does not fit is said with what to do', async () => {
    const { editor, project } = shared;
    rmSync(join(project.root, 'models', 'predictions.parquet'), { force: true });
    const page = await openPart(editor, 'logistic-iris.onnx', 'Table');
    await page.getByRole('button', { name: 'Choose Table…' }).click();
    await editor.quickPickRow('flown.csv').click();
    await page.getByRole('button', { name: 'Predict Table' }).click();
    await expect
      .poll(() => page.locator('.work').innerText())
      .toMatch(/"F0" in row 1, column flight is not a number\. Nothing was written\./);
    await editor.screenshot('table-failed');
    await page.getByRole('button', { name: 'Other Table…' }).click();
    await editor.quickPickRow('flowers.csv').click();
    await expect.poll(() => page.locator('.plan-name').first().innerText()).toMatch(/flowers\.csv/);
    const plan = page.getByRole('region', { name: 'Table', exact: true });
    expect(await plan.innerText()).toMatch(/The model takes\s+a, b, c, d\s+in their order/);
    // The one column that holds the model's classes and nothing else.
    expect(await chosen(page, 'What is true')).toBe('kind');
    await page.getByRole('checkbox', { name: 'soil' }).uncheck();
    await expect.poll(() => plan.innerText()).toMatch(/It takes 4 columns, and these are 5\./);
    await page.getByRole('checkbox', { name: 'soil' }).check();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Predict Table' }).click();
    const errors = page.getByRole('table', { name: 'Predicted class for each true class' });
    await expect.poll(() => errors.getByRole('row').count()).toBe(4);
    const groups = page.getByRole('table', { name: 'Groups of soil' });
    await groups.waitFor();
    const before = await groups.innerText();
    await page.getByLabel('Selected means told').selectOption('2');
    await expect.poll(() => groups.innerText()).not.toBe(before);
    await editor.page.setViewportSize({ width: 1280, height: 1300 });
    await editor.screenshot('table-classes');
    await editor.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('a model is timed: percentiles, operators and memory, kept as a run that compares with the earlier one', async () => {
    const { editor } = shared;
    const page = await openPart(editor, 'mixed-columns.onnx', 'Speed');
    const batches = page.getByRole('group', { name: 'Rows at once' });
    for (const name of ['100', '1,000']) await batches.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name: 'Run Benchmark' }).click();
    await page.locator('.work').getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page.locator('.work').innerText()).toBe('Cancelled. Nothing was kept.');
    const kept = page.getByRole('region', { name: 'Kept' });
    const runName = /run ([0-9a-f]{8}) of the experiment benchmarks/;
    const verdict = page.getByRole('region', { name: 'Benchmark' });
    await page.getByRole('button', { name: 'Run Benchmark' }).click();
    await expect.poll(() => page.locator('.work').innerText()).toMatch(/^Measuring/);
    await editor.screenshot('speed-going');
    await expect
      .poll(() => verdict.innerText(), { timeout: 60_000 })
      .toMatch(/^1 row in .*s, p95 .*s; up to [\d,.]+ rows a second/);
    await expect.poll(() => kept.innerText()).toMatch(/no earlier benchmark/);
    const [, first] = runName.exec(await kept.innerText()) ?? [];
    await page.getByRole('button', { name: 'Run Benchmark' }).click();
    await expect
      .poll(async () => runName.exec(await kept.innerText().catch(() => ''))?.[1] ?? first, { timeout: 60_000 })
      .not.toBe(first);
    expect(await page.getByRole('table', { name: 'Latencies' }).getByRole('row').count()).toBe(3);
    expect(await page.getByRole('table', { name: 'Operators' }).innerText()).toMatch(/LinearClassifier/);
    await inThemes(editor, page, 'speed', 1100);
    await kept.getByRole('button', { name: 'Compare' }).click();
    await editor.page.locator('.tab.active', { hasText: 'Compare' }).waitFor();
  });

  it('a model is quantized in the Python of the folder, measured, and opens beside the one it was made of', async () => {
    const { editor, project } = shared;
    await openFile(editor, 'logistic-iris.onnx');
    const act = editor.page.locator('.editor-actions').getByRole('button', { name: 'Quantize Model…' });
    await editor.webviewFrame('.model-panel');
    await editor.chooseAfter(() => act.click(), 'Dynamic');
    await editor.page
      .locator('.notification-toast', { hasText: 'nothing to quantize in logistic-iris.onnx' })
      .waitFor();
    symlinkSync(dirname(dirname(python)), join(project.root, '.venv'));
    const kinds = ['setosa', 'versicolor', 'virginica'];
    const named = flowers(300).replaceAll(/,(\d),(?=wet|dry)/g, (_, kind: string) => `,${kinds[Number(kind)]},`);
    writeFileSync(join(project.root, 'named.csv'), named);
    copyFileSync(join(made, 'mlp', 'model.onnx'), join(project.root, 'models', 'mlp.onnx'));
    await editor.closeEditors();
    await openFile(editor, 'mlp.onnx');
    // A page that has just loaded takes the focus, and with it the list.
    await editor.webviewFrame('.model-panel');
    await act.click();
    await editor.quickPickRow('Static').waitFor();
    await editor.screenshot('quantize-method');
    await editor.quickPickRow('Static').click();
    await editor.quickPickRow('named.csv').click();
    await editor.quickPickRow('int8 by Channel').waitFor();
    await editor.screenshot('quantize-weights');
    await editor.quickPickRow('uint8 by Channel').click();
    await editor.quickPickRow('Labelled Rows…').click();
    await editor.quickPickRow('named.csv').click();
    await editor.quickPickRow('kind').click();
    await expect.poll(() => editor.notifications()).toContainEqual(expect.stringMatching(/^Quantizing mlp.onnx/));
    const toast = editor.page.locator('.notification-toast', { hasText: 'mlp.int8.onnx: ' });
    await toast.waitFor({ timeout: 90_000 });
    expect(await toast.innerText()).toMatch(/2 kB → \d+ kB, .*s for 1 row, accuracy [\d.]+ → [\d.]+/);
    await editor.screenshot('quantize-done');
    await toast.getByText('Before and After').click();
    await editor.page.locator('.tab.active', { hasText: 'mlp.int8.onnx' }).waitFor();
    const page = await editor.webviewFrame('.model-panel');
    const beside = page.getByRole('region', { name: 'Quantization' });
    await expect.poll(() => beside.innerText()).toMatch(/made of mlp\.onnx.*static, uint8 weights by channel/);
    expect(await beside.innerText()).toMatch(/64 rows, p50[\s\S]*Both give the same class for \d+ of 300 rows/);
    expect(await faultsOf(page)).toEqual([]);
    await editor.screenshot('quantize-before-after');
    await page.getByRole('button', { name: 'Try It', exact: true }).click();
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/; mlp\.onnx says /);
    await editor.screenshot('quantize-against');
    const runs = JSON.parse(project.slipway('runs', 'list', '--json')) as { items: { name: string }[] };
    expect(runs.items.map(({ name }) => name)).toContain('mlp.int8.onnx');
  });
});
