// A notebook's kernel is connected by a cell; its runs lead back to it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openFile } from './open-file';
import { Project } from './project';

const training = 'import mlflow\nwith mlflow.start_run(run_name="explored"):\n    mlflow.log_metric("roc_auc", 0.7)\n';
const python = process.env.SLIPWAY_TEST_PYTHON_MLFLOW3;

describe('Insert Connection Cell', () => {
  it('connects the kernel without a secret in the file, and the run opens its notebook', async () => {
    if (python === undefined) throw new Error('SLIPWAY_TEST_PYTHON_MLFLOW3 is not set; npm test sets it.');
    await using project = Project.create();
    const folder = join(project.root, 'notebooks');
    mkdirSync(folder);
    const cell = { cell_type: 'code', metadata: {}, source: [training], outputs: [], execution_count: null };
    const metadata = { language_info: { name: 'python' } };
    writeFileSync(
      join(folder, 'explore.ipynb'),
      JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }),
    );
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });
    await openFile(editor, 'explore.ipynb');
    await editor.page.locator('.notebook-editor .code-cell-row').first().waitFor();
    await editor.runCommand('Slipway: Insert Connection Cell');
    await editor.page.locator('.notebook-editor', { hasText: '_connect_slipway' }).waitFor();
    await editor.screenshot('notebook-cell');
    await editor.runCommand('File: Save');
    const saved = () => readFileSync(join(folder, 'explore.ipynb'), 'utf8');
    await expect.poll(saved).toContain('_connect_slipway');
    const { token } = JSON.parse(readFileSync(join(project.root, '.slipway/address.json'), 'utf8')) as {
      token: string;
    };
    expect(saved()).not.toContain(token);
    expect(saved()).not.toContain(project.root);

    const { cells } = JSON.parse(saved()) as { cells: { source: string[] }[] };
    const code = cells.map(({ source }) => source.join('')).join('\n');
    const said = execFileSync(python, ['-c', code], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(said).toContain('Runs of notebooks/explore.ipynb are recorded in');
    await editor.treeRow('explored').waitFor({ timeout: 20_000 });
    await editor.runCommand('View: Close All Editors');
    await editor.treeRow('explored').click({ button: 'right' });
    await editor.chooseInMenu('Open Script or Notebook');
    await editor.page.locator('.tab.active', { hasText: 'explore.ipynb' }).waitFor();
  });
});
