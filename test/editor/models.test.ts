// A model's file in the editor: what it is, opened by a double click; no workspace needed, nothing run.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openFile } from './open-file';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { sharedWindow } from './shared-window';

const made = process.env.SLIPWAY_TEST_MODELS ?? '';
const modelOf = (name: string): string => join(made, name, 'model.onnx');

const themes = [
  'Default Dark Modern',
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
] as const;

const heading = (page: Frame): Promise<string> => page.locator('h1').innerText();

describe('the editor of a model', () => {
  const shared = sharedWindow(async () => {
    if (made === '') throw new Error('There are no exported models: npm test -- --only editor makes them.');
    const project = Project.create({ initialize: false });
    mkdirSync(join(project.root, 'models'));
    for (const name of ['mixed-columns', 'image-net', 'polynomial-ridge', 'branches', 'external-data'])
      copyFileSync(modelOf(name), join(project.root, 'models', `${name}.onnx`));
    writeFileSync(
      join(project.root, 'models', 'pointer.onnx'),
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
    );
    return project;
  });

  it('a classifier is shown with its inputs, outputs and classes, in four themes, narrow and wide', async () => {
    const { editor } = shared;
    await openFile(editor, 'mixed-columns.onnx');
    const page = await editor.webviewFrame('.model-panel');
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
        await editor.screenshot(`model-${theme.replaceAll(' ', '-').toLowerCase()}-${width}`);
      }
    }
    await editor.page.setViewportSize({ width: 1280, height: 800 });
    await editor.setTheme('Default Dark Modern');
  });

  it('the graph is walked by keys, searched, and a node says how it is set', async () => {
    const { editor } = shared;
    await openFile(editor, 'branches.onnx');
    const page = await editor.webviewFrame('.model-panel');
    const nodes = page.getByRole('listbox', { name: 'Nodes' });
    await nodes.focus();
    await editor.page.keyboard.press('End');
    await expect.poll(() => page.getByRole('region', { name: 'Node' }).innerText()).toMatch(/^Mul/);
    expect(await page.getByRole('region', { name: 'Node' }).innerText()).toMatch(
      /halve[\s\S]*In body of the node above/,
    );
    await page.getByRole('textbox', { name: 'Find a node or value' }).fill('chosen');
    await expect.poll(() => nodes.getByRole('option').count()).toBe(2);
    await nodes
      .getByRole('option')
      .first()
      .click({ position: { x: 20, y: 8 } });
    await expect.poll(() => page.getByRole('table', { name: 'Attributes' }).innerText()).toMatch(/then_branch/);
    await editor.screenshot('model-graph');
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
});
