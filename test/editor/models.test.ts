// A model's file in the editor: what it is, opened by a double click; no workspace needed, nothing run.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openFile } from './open-file';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { sharedWindow } from './shared-window';
import { inFileName, themes } from './themes';

const made = process.env.SLIPWAY_TEST_MODELS ?? '';
const modelOf = (name: string): string => join(made, name, 'model.onnx');

/** The part of the page that says what the file holds. */
async function facts(editor: Editor): Promise<Frame> {
  const page = await editor.webviewFrame('.model-panel');
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  return page;
}

const heading = (page: Frame): Promise<string> => page.locator('h1').innerText();

describe('the editor of a model', () => {
  const shared = sharedWindow(async () => {
    if (made === '') throw new Error('There are no exported models: npm test -- --only editor makes them.');
    const project = Project.create({ initialize: false });
    mkdirSync(join(project.root, 'models'));
    for (const name of [
      'mixed-columns',
      'image-net',
      'int64',
      'lda',
      'gaussian-nb',
      'branches',
      'external-data',
      'comparison',
    ])
      copyFileSync(modelOf(name), join(project.root, 'models', `${name}.onnx`));
    copyFileSync(join(made, 'hostile/endless.onnx'), join(project.root, 'models/endless.onnx'));
    const carriers = ['AA', 'B6', 'DL', 'UA'];
    const flights = Array.from(
      { length: 60 },
      (_, at) => `${carriers[at % 4]},${['EWR', 'JFK', 'LGA'][at % 3]},${(at * 7) % 90},${200 + at * 31},${at % 2}`,
    );
    writeFileSync(join(project.root, 'flights.csv'), ['carrier,origin,dep_delay,distance,late', ...flights].join('\n'));
    const delays = Array.from({ length: 60 }, (_, at) => {
      const delay = (at * 17) % 90;
      return `${carriers[at % 4]},EWR,${delay},${200 + at * 31},${delay > 15 ? 'late' : 'on time'}`;
    });
    writeFileSync(join(project.root, 'delays.csv'), ['carrier,origin,dep_delay,distance,status', ...delays].join('\n'));
    writeFileSync(join(project.root, 'numbers.csv'), 'x,y\n9007199254740995,1\n2,2\n');
    writeFileSync(
      join(project.root, 'models', 'pointer.onnx'),
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
    );
    return project;
  });

  it('a classifier is shown with its inputs, outputs and classes, in four themes, narrow and wide', async () => {
    const { editor } = shared;
    await openFile(editor, 'mixed-columns.onnx');
    const page = await facts(editor);
    expect(await heading(page)).toBe('Classifier of 2 classes over 4 inputs');
    await expect
      .poll(() => page.getByRole('table', { name: 'Inputs' }).innerText())
      .toMatch(/carrier\s+string\[\?, 1\]/);
    expect(await page.getByRole('region', { name: 'Classes' }).innerText()).toMatch(
      /late, on time[\s\S]*Of output_probability/,
    );
    for (const theme of themes) {
      await editor.setTheme(theme);
      for (const width of [1280, 800]) {
        await editor.page.setViewportSize({ width, height: 1000 });
        await editor.page.waitForTimeout(300);
        expect(await faultsOf(page)).toEqual([]);
        await editor.screenshot(`model-${inFileName(theme)}-${width}`);
      }
    }
    await editor.page.setViewportSize({ width: 1280, height: 800 });
    await editor.setTheme('Default Dark Modern');
  });

  it('the graph is drawn, walked by keys, searched, opened where graphs lie within, and listed, in four themes', async () => {
    const { editor } = shared;
    await openFile(editor, 'branches.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Graph', exact: true }).click();
    const drawing = page.getByRole('listbox', { name: 'Drawing of the graph' });
    const details = page.getByRole('region', { name: 'Node' });
    await expect.poll(() => drawing.getByRole('option').count()).toBe(6);
    expect(await drawing.getByRole('option', { name: 'If, choice' }).getAttribute('aria-label')).toBe(
      'If, choice, else_branch: 1 node, then_branch: 1 node',
    );
    await drawing.getByRole('option', { name: /^Input x/ }).click();
    await expect.poll(() => details.innerText()).toMatch(/Input x\s+float32\[N\][\s\S]*If choice/);
    await drawing.focus();
    await editor.page.keyboard.press('ArrowDown');
    await expect.poll(() => details.innerText()).toMatch(/^If/);
    await editor.page.keyboard.press('ArrowDown');
    await expect.poll(() => details.innerText()).toMatch(/^Loop[\s\S]*Open body/);
    const scene = drawing.locator('svg > g');
    const before = await scene.getAttribute('transform');
    await editor.page.keyboard.press('+');
    await expect.poll(() => scene.getAttribute('transform')).not.toBe(before);
    await editor.page.keyboard.press('0');
    for (const theme of themes) {
      await editor.setTheme(theme);
      await editor.page.waitForTimeout(300);
      expect(await faultsOf(page)).toEqual([]);
      await editor.screenshot(`model-graph-${inFileName(theme)}`);
    }
    await editor.setTheme('Default Dark Modern');
    await drawing.focus();
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => drawing.getByRole('option', { name: /^Mul, halve, half 0\.5/ }).count()).toBe(1);
    expect(await page.getByRole('navigation').innerText()).toMatch(/The Model’s Graph\s+body/);
    await drawing.getByRole('option', { name: /^Mul/ }).click();
    await expect.poll(() => details.innerText()).toMatch(/halve[\s\S]*In body of the node above/);
    await editor.screenshot('model-graph-within');
    await editor.page.keyboard.press('Escape');
    await expect.poll(() => details.innerText()).toMatch(/^Loop/);
    await page.getByRole('textbox', { name: 'Find a node or value' }).fill('chosen');
    const found = page.getByRole('listbox', { name: 'Nodes' });
    await expect.poll(() => found.getByRole('option').count()).toBe(2);
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('table', { name: 'Attributes' }).innerText()).toMatch(/then_branch/);
    expect(await drawing.getByRole('option', { selected: true }).getAttribute('aria-label')).toMatch(/^If/);
    await editor.screenshot('model-graph-found');
    await page.getByRole('textbox', { name: 'Find a node or value' }).fill('');
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await expect.poll(() => found.getByRole('option').count()).toBe(6);
    await found.focus();
    await editor.page.keyboard.press('End');
    await expect.poll(() => details.innerText()).toMatch(/^Mul/);
    await editor.screenshot('model-graph-list');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Drawing', exact: true }).click();
    await expect.poll(() => drawing.getByRole('option', { selected: true }).getAttribute('aria-label')).toMatch(/^Mul/);
    await editor.page.setViewportSize({ width: 800, height: 1000 });
    await editor.screenshot('model-graph-narrow');
    await editor.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('what will not run is said with what to do, and the model is shown anew when its file changes', async () => {
    const { editor, project } = shared;
    await openFile(editor, 'external-data.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await expect
      .poll(() => page.locator('.opening').innerText())
      .toMatch(/Will not run here[\s\S]*model\.onnx\.data is not beside the model/);
    await editor.screenshot('model-blocked');
    writeFileSync(join(project.root, 'models', 'external-data.onnx'), readFileSync(modelOf('image-net')));
    await page.getByRole('button', { name: 'Model', exact: true }).click();
    await expect.poll(() => heading(page)).toBe('Classifier of 5 classes over images of 32 × 32');
    rmSync(join(project.root, 'models', 'external-data.onnx'));
  });

  it('a file that is no model says what it is and what to do, and is shown once it is one', async () => {
    const { editor, project } = shared;
    await openFile(editor, 'pointer.onnx');
    const page = await editor.webviewFrame('.message');
    expect(await page.getByRole('alert').innerText()).toMatch(/pointer of Git LFS[\s\S]*git lfs pull/);
    await page.getByRole('button', { name: 'Open Anyway in Another Editor…' }).click();
    await editor.quickPickRow('Text Editor').waitFor();
    await editor.page.keyboard.press('Escape');
    copyFileSync(modelOf('polynomial-ridge'), join(project.root, 'models', 'pointer.onnx'));
    await expect.poll(() => page.locator('h1').innerText()).toBe('Regressor over 10 numbers');
  });

  it('a model predicts at one press after it was opened, with the names of its classes, in four themes', async () => {
    const { editor } = shared;
    await openFile(editor, 'mixed-columns.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Try It', exact: true }).click();
    expect(await page.getByLabel('carrier').evaluate((field) => field.tagName)).toBe('SELECT');
    await page.getByLabel('dep_delay').fill('');
    await editor.page.keyboard.press('Control+Enter');
    await expect.poll(() => heading(page)).toMatch(/^(late|on time), (NaN|\d\.\d{3})$/);
    await page.getByLabel('dep_delay').fill('120');
    await page.getByLabel('distance').fill('1.5');
    await expect
      .poll(() => page.locator('.try-input [role=alert]').innerText())
      .toBe('1.5 is no whole number, which int64 needs.');
    await page.getByLabel('distance').fill('1092');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'Scores' }).innerText())
      .toMatch(/late[\s\S]*on time[\s\S]* ms here, warm/);
    for (const theme of themes) {
      await editor.setTheme(theme);
      await editor.screenshot(`try-${inFileName(theme)}`);
      expect(await faultsOf(page)).toEqual([]);
    }
    await editor.setTheme('Default Dark Modern');
    // However narrow the form is, its buttons do not lie over what was predicted.
    for (const width of [1200, 1140, 1080]) {
      await editor.page.setViewportSize({ width, height: 1000 });
      await editor.page.waitForTimeout(200);
      await editor.screenshot(`try-${width}`);
      const beyond = await page.locator('.try-input').evaluate((form) => {
        const { right } = form.getBoundingClientRect();
        return [...form.querySelectorAll('button')].filter((each) => each.getBoundingClientRect().right > right).length;
      });
      expect(beyond).toBe(0);
    }
    await editor.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('a prediction is explained against the rows of a table, and each value can be another, in four themes', async () => {
    const { editor } = shared;
    await openFile(editor, 'mixed-columns.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Try It', exact: true }).click();
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Compare With Rows…' }).click();
    await editor.quickPickRow('flights.csv').click();
    const why = page.getByRole('table', { name: 'Effects of the values' });
    await expect.poll(() => why.getByRole('row').count()).toBe(6);
    expect(await why.innerText()).toMatch(/^mean of 60 rows\s+\d\.\d{3}[\s\S]*this row\s+\d\.\d{3}$/);
    const section = page.getByRole('region', { name: 'Why' });
    expect(await section.innerText()).toMatch(
      /Exact Shapley values of output_probability for (late|on time), against 60/,
    );
    await why.getByRole('button', { name: /^carrier/ }).click();
    const other = page.getByRole('region', { name: 'If carrier were another' });
    await expect.poll(() => other.getByRole('row').count()).toBe(4);
    await why.getByRole('button', { name: /^dep_delay/ }).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'If dep_delay were another' }).getByRole('img').count())
      .toBe(1);
    const before = await why.innerText();
    await page.getByLabel('dep_delay').first().fill('44');
    await editor.page.keyboard.press('Control+Enter');
    await expect.poll(() => why.innerText()).not.toBe(before);
    const importance = page.getByRole('region', { name: 'Importance' });
    await importance.getByRole('button', { name: 'Measure' }).click();
    await expect
      .poll(() => importance.getByRole('alert').innerText())
      .toBe('The labels are 0, 1, and the model tells late, on time: choose the column that holds its classes.');
    await page.getByRole('button', { name: 'Other Rows…' }).click();
    await editor.quickPickRow('delays.csv').click();
    await expect.poll(() => importance.innerText()).toMatch(/in delays\.csv/);
    await importance.getByRole('button', { name: 'Measure' }).click();
    const falls = page.getByRole('table', { name: 'Importance of the values' });
    await expect.poll(() => falls.getByRole('row').first().innerText()).toMatch(/^dep_delay\s+\+0\.\d+\s+± 0\.\d+$/);
    expect(await importance.innerText()).toMatch(
      /accuracy \d\.\d{3} of 60 rows[\s\S]*standard deviation of 5 shuffles/,
    );
    await editor.page.setViewportSize({ width: 1280, height: 1200 });
    for (const theme of themes) {
      await editor.setTheme(theme);
      await editor.page.waitForTimeout(300);
      await editor.screenshot(`explain-${inFileName(theme)}`);
      expect(await faultsOf(page)).toEqual([]);
    }
    await editor.setTheme('Default Dark Modern');
    await editor.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('long explaining is cancelled and tried again, and the rows that were chosen are known when the tab is back', async () => {
    const { editor, project } = shared;
    const model = join(project.root, 'models', 'forest.onnx');
    copyFileSync(modelOf('forest-300'), model);
    const names = Array.from({ length: 30 }, (_, at) => `f${at}`);
    const rows = Array.from({ length: 100 }, (_, row) => names.map((_name, at) => ((row * 7 + at * 13) % 97) / 10 - 5));
    writeFileSync(join(project.root, 'forest.csv'), [names, ...rows].map((row) => row.join(',')).join('\n'));
    await openFile(editor, 'forest.onnx');
    let page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Compare With Rows…' }).click();
    await editor.quickPickRow('forest.csv').click();
    const why = (): Locator => page.getByRole('region', { name: 'Why' });
    await expect.poll(() => why().innerText()).toMatch(/[\d,]+ of 2\d\d,\d{3} runs of a row/);
    await editor.screenshot('explain-going');
    await why().getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => why().innerText()).toContain('Cancelled.');
    await why().getByRole('button', { name: 'Try Again' }).click();
    await why().getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await editor.closeEditors();
    await openFile(editor, 'forest.onnx');
    page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect.poll(() => why().getByRole('button', { name: 'Other Rows…' }).count()).toBe(1);
    await why().getByRole('button', { name: 'Cancel' }).click();
    rmSync(model);
  });

  it('pasted CSV fills the form: it says what it was taken for, and every row can be tried', async () => {
    const { editor, project } = shared;
    await openFile(editor, 'lda.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Paste JSON or CSV…' }).click();
    await page.getByRole('textbox', { name: 'JSON or CSV' }).fill('a,b,c,d\n5.1,3.5,1.4,0.2\n6.7,3,5.2,2.3');
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await expect
      .poll(() => page.locator('.row-bar').innerText())
      .toMatch(/Taken as CSV, 2 rows[\s\S]*in their order: a, b, c, d/);
    await page.getByRole('button', { name: 'Next Row' }).click();
    await expect.poll(() => page.locator('.field-row input').first().inputValue()).toBe('6.7');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Predict All 2' }).click();
    await expect.poll(() => page.getByRole('region', { name: 'All rows' }).getByRole('row').count()).toBe(2);
    await page.getByRole('button', { name: 'Keep All 2 Rows as One Case…' }).click();
    const input = editor.page.locator('.quick-input-widget:visible input').first();
    await input.fill('two flowers');
    await input.press('Enter');
    await expect
      .poll(() => page.getByRole('region', { name: 'Golden cases' }).innerText())
      .toMatch(/1 of 1 case as expected[\s\S]*two flowers/);
    const golden = join(project.root, 'models', 'lda.golden.yaml');
    expect(readFileSync(golden, 'utf8')).toMatch(/- \[5\.1, 3\.5, 1\.4, 0\.2\]\n\s+- \[6\.7, 3, 5\.2, 2\.3\]/);
    rmSync(golden);
    const choice = page.getByRole('combobox', { name: 'What it stands against' });
    await editor.chooseAfter(() => choice.selectOption({ label: 'against another model…' }), 'gaussian-nb.onnx');
    await expect
      .poll(() => heading(page))
      .toMatch(/^\w+, \d\.\d{3}; gaussian-nb\.onnx says (the same|\w+), \d\.\d{3}$/);
    await page.getByRole('button', { name: 'Predict All 2' }).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'All rows' }).innerText())
      .toMatch(/\d of 2 rows differ from gaussian-nb\.onnx/);
    await editor.screenshot('try-rows');
    await editor.page.setViewportSize({ width: 800, height: 1000 });
    await editor.screenshot('try-rows-narrow');
    await editor.page.setViewportSize({ width: 1280, height: 800 });
    expect(await faultsOf(page)).toEqual([]);
  });

  it('a picture is put into the size that the model takes, shown, and predicted', async () => {
    const { editor } = shared;
    await openFile(editor, 'image-net.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'dot.bmp', mimeType: 'image/bmp', buffer: greyPicture(8) });
    await expect.poll(() => page.locator('figcaption').innerText()).toMatch(/NCHW, values 0\.502 to 0\.502/);
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect.poll(() => heading(page)).toMatch(/^(cat|dog|fox|owl's|hen), 0\.\d{3}$/);
    await editor.screenshot('try-picture');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('what it predicts is kept as a golden case, which fails in the Test Explorer once it expects something else', async () => {
    const { editor, project } = shared;
    await openFile(editor, 'gaussian-nb.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Keep as Golden Case…' }).click();
    const input = editor.page.locator('.quick-input-widget:visible input').first();
    await input.fill('usual flower');
    await input.press('Enter');
    const section = page.getByRole('region', { name: 'Golden cases' });
    await expect.poll(() => section.innerText()).toMatch(/1 of 1 case as expected[\s\S]*usual flower/);
    const file = join(project.root, 'models', 'gaussian-nb.golden.yaml');
    const kept = readFileSync(file, 'utf8');
    expect(kept).toContain('- name: usual flower');
    writeFileSync(file, kept.replace(/output_label: \[.*\]/, 'output_label: [nothing]'));
    await page.getByRole('button', { name: 'Run All', exact: true }).click();
    await expect.poll(() => section.innerText()).toMatch(/0 of 1 case as expected[\s\S]*expected nothing, got/);
    await editor.screenshot('model-golden-failing');
    await editor.runCommand('View: Show Testing');
    const tree = editor.page.locator('.test-explorer');
    await expect.poll(() => tree.innerText()).toContain('gaussian-nb.onnx');
    await editor.runCommand('Test: Run All Tests');
    await editor.screenshot('model-golden-run');
    const tests = tree.getByRole('treeitem');
    const said = async (): Promise<string> =>
      (await tests.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')))).join('; ');
    await expect.poll(said).toMatch(/gaussian-nb\.onnx \(Failed\)/);
    await editor.screenshot('model-golden-test-explorer');
    rmSync(file);
    await expect.poll(() => tree.innerText()).not.toContain('gaussian-nb.onnx');
  });

  it('a test data set leads to its folder from the Test Explorer, and cases that are not listed are counted', async () => {
    const { editor, project } = shared;
    await openFile(editor, 'lda.onnx');
    const sets = join(project.root, 'sets');
    cpSync(join(made, 'lda'), sets, { recursive: true });
    await editor.runCommand('View: Show Testing');
    const tree = editor.page.locator('.test-explorer');
    await expect.poll(() => tree.innerText()).toContain('sets/model.onnx');
    await tree.getByRole('treeitem', { name: /sets\/model\.onnx/ }).click();
    await editor.page.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { name: /test_data_set_0/ }).click();
    const folder = editor.page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'test_data_set_0' });
    await expect.poll(() => folder.getAttribute('aria-selected')).toBe('true');
    await editor.screenshot('model-golden-set');
    const many = join(project.root, 'many');
    mkdirSync(many);
    for (let at = 0; at < 1001; at += 1) writeFileSync(join(many, `${at}.golden.yaml`), 'cases: []\n');
    await editor.runCommand('View: Show Testing');
    await expect.poll(() => tree.innerText()).toMatch(/The first 1,000 files with cases are listed/);
    await editor.screenshot('model-golden-cut');
    for (const each of [sets, many]) rmSync(each, { recursive: true });
    await expect.poll(() => tree.innerText()).not.toContain('The first 1,000');
  });

  it('whole numbers beyond 2^53 are sent and shown with every digit, and a row of a table fills the form', async () => {
    const { editor } = shared;
    await openFile(editor, 'int64.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page.getByRole('textbox', { name: 'x', exact: true }).fill('9007199254740993');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect.poll(() => heading(page)).toMatch(/^900719925474099\d$/);
    const before = await heading(page);
    await page.getByRole('button', { name: 'Row from Dataset…' }).click();
    await editor.quickPickRow('numbers.csv').click();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'x', exact: true }).inputValue())
      .toBe('9007199254740995');
    await editor.page.keyboard.press('Control+Enter');
    await expect.poll(() => heading(page)).not.toBe(before);
    await editor.screenshot('try-table-row');
  });

  it('a truth value is chosen, and the answer is one', async () => {
    const { editor } = shared;
    await openFile(editor, 'comparison.onnx');
    const page = await editor.webviewFrame('.model-panel');
    await page.getByLabel('a', { exact: true }).fill('1');
    await page.getByLabel('b', { exact: true }).fill('2');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect.poll(() => heading(page)).toBe('false');
    await page.getByLabel('mask').selectOption('true');
    await editor.page.keyboard.press('Control+Enter');
    await expect.poll(() => heading(page)).toBe('true');
  });

  it('what was given is there again when the tab is, and so is the prediction', async () => {
    const { editor } = shared;
    await openFile(editor, 'lda.onnx');
    let page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Paste JSON or CSV…' }).click();
    await page.getByRole('textbox', { name: 'JSON or CSV' }).fill('a,b,c,d\n5.1,3.5,1.4,0.2\n6.7,3,5.2,2.3');
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await page.getByRole('button', { name: 'Next Row' }).click();
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    const against = page.getByRole('combobox', { name: 'What it stands against' });
    await editor.chooseAfter(() => against.selectOption({ label: 'against another model…' }), 'gaussian-nb.onnx');
    await expect.poll(() => heading(page)).toMatch(/gaussian-nb\.onnx says/);
    const said = await heading(page);
    await openFile(editor, 'image-net.onnx');
    page = await editor.webviewFrame('.image-field');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'dot.bmp', mimeType: 'image/bmp', buffer: greyPicture(8) });
    await page.getByRole('combobox', { name: 'Values of a pixel' }).selectOption('bytes');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect.poll(() => heading(page)).toMatch(/^(cat|dog|fox|owl's|hen), \d\.\d{3}$/);
    await page.getByRole('button', { name: 'Raw tensors' }).click();
    const before = await heading(page);
    await editor.page.getByRole('tab', { name: /lda/ }).click();
    page = await editor.webviewFrame('.row-bar');
    await expect.poll(() => heading(page)).toBe(said);
    await editor.page.getByRole('tab', { name: /image-net/ }).click();
    page = await editor.webviewFrame('.image-field');
    await expect.poll(() => heading(page)).toBe(before);
    expect(await page.locator('figcaption').innerText()).toMatch(/values 128\.000 to 128\.000/);
    expect(await page.locator('.raw-tensors').isVisible()).toBe(true);
    await editor.page.getByRole('tab', { name: /lda/ }).click();
    // VS Code in the browser writes down what pages keep every five seconds; the page is not to depend on it.
    await editor.page.waitForTimeout(1000);
    await editor.reload();
    page = await editor.webviewFrame('.row-bar');
    await expect.poll(() => heading(page)).toBe(said);
    expect(await page.locator('.row-bar').innerText()).toMatch(/Taken as CSV, 2 rows/);
    expect(await page.getByLabel('Row, of 2').inputValue()).toBe('2');
    await editor.screenshot('try-kept');
  });

  it('a model that never ends is cancelled, one whose process dies says so, and models predict again', async () => {
    const { editor } = shared;
    await openFile(editor, 'endless.onnx');
    let page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/Nothing was predicted[\s\S]*Cancelled/);
    const before = new Set(modelProcesses());
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    const running = () => modelProcesses().filter((pid) => !before.has(pid));
    await expect.poll(running).not.toEqual([]);
    for (const pid of running()) process.kill(pid, 'SIGKILL');
    await expect
      .poll(() => page.getByRole('alert').innerText())
      .toMatch(/Nothing was predicted[\s\S]*(was ended|died|ended)/);
    await editor.screenshot('try-killed');
    await openFile(editor, 'lda.onnx');
    page = await editor.webviewFrame('.model-panel');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect.poll(() => heading(page)).toMatch(/, \d\.\d{3}$/);
  });

  it('a model that a run made has the names, ranges and usual values of its training data, without being asked', async () => {
    const { editor, project } = shared;
    project.slipway('init');
    const iris = ['sepal_length,sepal_width,petal_length,petal_width,species'];
    for (let at = 0; at < 50; at += 1)
      iris.push(`${4 + at / 20},${at === 7 ? '' : 3},${1 + at / 10},${at / 25},k${at % 3}`);
    writeFileSync(join(project.root, 'iris.csv'), iris.join('\n'));
    writeFileSync(join(project.root, 'visits.csv'), 'x,y\n2013-01-05T05:00:00Z,1\n2013-03-05T05:00:00Z,2\n');
    project.slipway('dataset', 'add', 'iris', 'iris.csv', '--label', 'species');
    project.slipway('dataset', 'add', 'visits', 'visits.csv');
    const train = (name: string, data: string, model: string): void => {
      const made = join('models', `${name}.onnx`);
      project.slipway('run', '--name', name, '--input', data, '--output', made, '--', 'cp', modelOf(model), made);
    };
    train('eager-owl', 'iris.csv', 'knn');
    train('calm-fox', 'visits.csv', 'strings');
    writeFileSync(join(project.root, 'loose.csv'), iris.join('\n').replace('species', 'target'));
    train('loose-elk', 'loose.csv', 'gaussian-nb');
    await openFile(editor, 'eager-owl.onnx');
    let page = await editor.webviewFrame('.model-panel');
    await expect
      .poll(() => page.locator('.field-source').innerText())
      .toMatch(/^Fields from iris@\w{7}, the data of run eager-owl\.$/);
    expect(await page.getByLabel('sepal_length').inputValue()).toBe('5.225');
    await page.getByLabel('sepal_width').fill('');
    await page.getByLabel('petal_width').fill('9');
    expect(await page.locator('.try-fields').innerText()).toMatch(
      /sent as NaN; missing in 2 % of the training rows[\s\S]*above all training rows \(1\.96\)/,
    );
    for (const theme of themes) {
      await editor.setTheme(theme);
      await editor.screenshot(`try-training-${inFileName(theme)}`);
      expect(await faultsOf(page)).toEqual([]);
    }
    await editor.setTheme('Default Dark Modern');
    await page.getByRole('button', { name: 'Row from Dataset…' }).click();
    await editor.quickPickRow(/iris.*dataset/).click();
    const row = page.getByLabel('Row, of 50');
    await row.fill('8');
    await row.press('Enter');
    await expect.poll(() => page.getByLabel('sepal_length').inputValue()).toBe('4.35');
    expect(await page.getByLabel('sepal_width').inputValue()).toBe('');
    expect(await page.locator('.try-fields').innerText()).toMatch(/sent as NaN/);
    await editor.screenshot('try-dataset-row');
    await page.getByRole('button', { name: 'eager-owl', exact: true }).click();
    await editor.page.getByRole('tab', { name: /^eager-owl$|^eager-owl,/ }).waitFor();
    await openFile(editor, 'calm-fox.onnx');
    page = await editor.webviewFrame('.model-panel');
    const when = page.locator('input[type=datetime-local]');
    await expect.poll(() => when.inputValue()).toBe('2013-01-05T05:00');
    await when.fill('2013-02-06T07:08');
    expect(await page.locator('.field-row').innerText()).toContain('sent as 2013-02-06T07:08:00Z');
    await editor.page.keyboard.press('Control+Enter');
    await expect.poll(() => heading(page)).toMatch(/2013-02-06T07:08:00Z/i);
    await page.getByRole('button', { name: 'As Text' }).click();
    expect(await page.getByLabel('x', { exact: true }).inputValue()).toBe('2013-02-06T07:08:00Z');
    await editor.screenshot('try-date');
    // Data that nobody registered, as long as they are there.
    await openFile(editor, 'loose-elk.onnx');
    page = await editor.webviewFrame('.model-panel');
    await expect
      .poll(() => page.locator('.field-source').innerText())
      .toMatch(/^Fields from loose\.csv, the data of run loose-elk\. It is registered nowhere\.$/);
    expect(await page.getByLabel('sepal_length').inputValue()).toBe('5.225');
    await editor.screenshot('try-unregistered');
    await page.getByRole('button', { name: 'loose.csv', exact: true }).click();
    await editor.page.locator('.tab.active', { hasText: 'loose.csv' }).waitFor();
  });
});

/** Ids of the model processes of all files that are tested now. */
function modelProcesses(): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return all.filter((pid) => textOf(pid, 'cmdline').includes('model.js') && isBelow(pid, process.ppid));
}

function isBelow(pid: number, root: number): boolean {
  for (let at = pid; at > 1; at = Number(/^PPid:\s*(\d+)/m.exec(textOf(at, 'status'))?.[1] ?? 0))
    if (at === root) return true;
  return false;
}

/** Of a process that may have ended meanwhile. */
function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** A bitmap of one grey, `side` pixels wide and high: a file header of 14 bytes, BITMAPINFOHEADER, 24 bits a pixel. */
function greyPicture(side: number): Buffer {
  const pixels = Buffer.alloc(side * side * 3, 128);
  const head = Buffer.alloc(54);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(54 + pixels.length, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(side, 18);
  head.writeInt32LE(side, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, pixels]);
}
