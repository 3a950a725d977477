// The main job: the user's own code, run as always, is a run: in a terminal, from the lens above it, in a notebook.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openFile } from './open-file';
import { openRun } from './open-run';
import { Project } from './project';
import { sharedWindow } from './shared-window';

const script = `import time
import mlflow

mlflow.set_experiment("delays")
with mlflow.start_run(run_name="plain"):
    mlflow.log_param("lr", 0.1)
    for step in range(400):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
        time.sleep(0.1)
`;

const lensed = `"""Trains."""
# A comment.
import json, os


def train():
    with open(os.environ["SLIPWAY_METRICS"], "a") as metrics:
        metrics.write(json.dumps({"step": 1, "roc_auc": 0.93}) + "\\n")


if __name__ == "__main__":
    train()
`;

const cellCode = 'import mlflow\nwith mlflow.start_run(run_name="explored"):\n    mlflow.log_metric("roc_auc", 0.7)\n';

function pythonPath(): string {
  const python = process.env.SLIPWAY_TEST_PYTHON_MLFLOW3;
  if (python === undefined) throw new Error('SLIPWAY_TEST_PYTHON_MLFLOW3 is not set; npm test sets it.');
  return python;
}

async function openRuns(editor: Editor): Promise<void> {
  await editor.openView('Slipway');
  await editor.page
    .locator('.sidebar')
    .getByText(/No runs yet\.|plain/)
    .first()
    .waitFor();
}

describe('training', () => {
  const shared = sharedWindow(
    () => Project.create(),
    () => ({ settings: { 'workbench.editor.enablePreview': false }, size: { width: 1400, height: 900 } }),
  );

  it('plain MLflow code in a terminal is a run whose chart moves, and the panel survives a reload', async () => {
    const { editor, project } = shared;
    writeFileSync(join(project.root, 'plain.py'), script);
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor();
    await editor.openTerminal();
    await editor.type(`${pythonPath()} plain.py`);

    await editor.treeRow('delays').waitFor();
    const panel = await openRun(editor, 'plain');
    const summary = () =>
      panel.locator('.chart [role="img"], .chart[aria-label], .chart canvas').first().getAttribute('aria-label');
    const last = panel.locator('.metric-row', { hasText: 'loss' }).locator('td').first();
    const [chartBefore, lastBefore] = [await summary(), await last.innerText()];
    await expect.poll(() => last.innerText(), { timeout: 10_000 }).not.toBe(lastBefore);
    await expect.poll(summary, { timeout: 10_000 }).not.toBe(chartBefore);
    await editor.screenshot('training');

    await editor.reload();
    const again = await editor.webviewFrame('.metric-row');
    expect(await again.locator('.head').innerText()).toContain('plain');
    await editor.openView('Slipway');
    await editor.treeRow('plain').waitFor();
  });

  it('a script has a lens that records it, then shows and opens its last run, until it is switched off', async () => {
    const { editor, project } = shared;
    writeFileSync(join(project.root, 'train.py'), lensed);
    writeFileSync(join(project.root, 'read.py'), 'import pandas\nprint(pandas.read_csv("x.csv"))\n');
    await openRuns(editor);
    const lens = editor.page.locator('.codelens-decoration');
    await openFile(editor, 'train.py');
    await lens.locator('a', { hasText: 'Run & Record' }).waitFor();
    expect(await lens.allInnerTexts()).toEqual([
      expect.stringMatching(/^Run & Record\s+\|\s+with Arguments…\s+\|\s+Debug & Record$/),
    ]);
    await lens.locator('a', { hasText: 'Run & Record' }).click();
    const last = lens.locator('a', { hasText: /last roc_auc 0\.9300, just now/ });
    await last.waitFor();
    await editor.screenshot('lens');
    await last.click();
    const panel = await editor.webviewFrame('.metric-row');
    expect(await panel.locator('.metric-row').first().innerText()).toContain('roc_auc');

    // With arguments, which are there to change the next time.
    const withArguments = lens.locator('a', { hasText: 'with Arguments…' });
    const box = editor.page.locator('.quick-input-widget input.input');
    const count = (): number => JSON.parse(project.slipway('runs', 'list', '--json')).items.length;
    const before = count();
    await openFile(editor, 'train.py');
    await withArguments.click();
    await box.fill("--name 'two words'");
    await editor.screenshot('lens-arguments');
    await box.press('Enter');
    await expect.poll(count, { timeout: 15_000 }).toBe(before + 1);
    await withArguments.click();
    await expect.poll(() => box.inputValue()).toBe("--name 'two words'");
    await box.press('Escape');

    // A lens on both sides: once that of the script that trains is there, one that is missing is not merely late.
    await openFile(editor, 'read.py');
    await editor.runCommand('View: Split Editor Right');
    await openFile(editor, 'train.py');
    const editors = editor.page.locator('.editor-group-container');
    await editors.nth(1).locator('.codelens-decoration a', { hasText: 'Run & Record' }).waitFor();
    expect(await editors.nth(0).locator('.view-lines', { hasText: 'import pandas' }).count()).toBe(1);
    expect(await editors.nth(0).locator('.codelens-decoration').count()).toBe(0);
    await editor.runCommand('View: Close All Editors in Group');

    // What does not look like a training has one as well, once it was recorded.
    writeFileSync(join(project.root, 'count.py'), '# Counts.\nprint(3)\n');
    project.slipway('run', '--', 'python3', 'count.py');
    await openFile(editor, 'count.py');
    await lens.locator('a', { hasText: /last finished, just now/ }).waitFor();
    await editor.screenshot('lens-recorded');
    await openFile(editor, 'train.py');
    await lens.first().waitFor();
    mkdirSync(join(project.root, '.vscode'), { recursive: true });
    writeFileSync(join(project.root, '.vscode/settings.json'), '{ "slipway.editor.codeLens": false }');
    await expect.poll(() => lens.count()).toBe(0);
  });

  it('a script that cannot be saved is not recorded as it was before', async () => {
    const { editor, project } = shared;
    const file = join(project.root, 'train_kept.py');
    mkdirSync(join(project.root, '.vscode'), { recursive: true });
    writeFileSync(join(project.root, '.vscode/settings.json'), '{ "slipway.editor.codeLens": true }');
    writeFileSync(file, lensed);
    await editor.openView('Slipway');
    await openFile(editor, 'train_kept.py');
    const record = editor.page.locator('.codelens-decoration a', { hasText: 'Run & Record' });
    await record.waitFor();
    const before = project.slipway('runs', 'list');
    await editor.page.locator('.editor-instance .view-lines').first().click();
    await editor.page.keyboard.type('# mine ');
    // Somebody else writes it meanwhile: the editor does not save over that.
    writeFileSync(file, `${lensed}# theirs\n`);
    await record.click();
    await editor.page.locator('.notification-list-item', { hasText: 'could not be saved' }).waitFor();
    await editor.screenshot('record-unsaved');
    expect(project.slipway('runs', 'list')).toBe(before);
    await editor.runCommand('File: Revert File');
  });

  it('a notebook is connected by a cell without a secret in the file, and its run opens it', async () => {
    const { editor, project } = shared;
    const folder = join(project.root, 'notebooks');
    mkdirSync(folder);
    const cell = { cell_type: 'code', metadata: {}, source: [cellCode], outputs: [], execution_count: null };
    const metadata = { language_info: { name: 'python' } };
    writeFileSync(
      join(folder, 'explore.ipynb'),
      JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }),
    );
    await openRuns(editor);
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
    const limit = 'import os\nprint("limit", os.environ["MLFLOW_HTTP_REQUEST_TIMEOUT"])';
    const said = execFileSync(pythonPath(), ['-c', `${code}\n${limit}`], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(said).toContain('Runs of notebooks/explore.ipynb are recorded in');
    expect(said).toContain('limit 20');
    await editor.treeRow('explored').waitFor();
    await editor.closeEditors();
    await editor.chooseInMenuOf(editor.treeRow('explored'), 'Open Script or Notebook');
    await editor.page.locator('.tab.active', { hasText: 'explore.ipynb' }).waitFor();
  });
});
