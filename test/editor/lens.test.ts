// The lines above a training script: record it, and see what its last run came to.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openFile } from './open-file';
import { Project } from './project';

const training = `"""Trains."""
# A comment.
import json, os


def train():
    with open(os.environ["SLIPWAY_METRICS"], "a") as metrics:
        metrics.write(json.dumps({"step": 1, "roc_auc": 0.93}) + "\\n")


if __name__ == "__main__":
    train()
`;

describe('the lens of a training script', () => {
  it('records it, then shows and opens its last run, until it is switched off', async () => {
    await using project = Project.create();
    writeFileSync(join(project.root, 'train.py'), training);
    writeFileSync(join(project.root, 'read.py'), 'import pandas\nprint(pandas.read_csv("x.csv"))\n');
    const settings = { 'workbench.editor.enablePreview': false };
    await using editor = await Editor.open({ folder: project.root, settings, size: { width: 1200, height: 800 } });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });
    const lens = editor.page.locator('.codelens-decoration');
    await openFile(editor, 'train.py');
    await lens.locator('a', { hasText: 'Run & Record' }).waitFor();
    expect(await lens.allInnerTexts()).toEqual([expect.stringMatching(/^Run & Record\s+\|\s+Debug & Record$/)]);
    await lens.locator('a', { hasText: 'Run & Record' }).click();
    const last = lens.locator('a', { hasText: /last roc_auc 0\.9300, just now/ });
    await last.waitFor({ timeout: 30_000 });
    await editor.screenshot('lens');
    await last.click();
    const panel = await editor.webviewFrame('.metric-row', 40_000);
    expect(await panel.locator('.metric-row').first().innerText()).toContain('roc_auc');

    await openFile(editor, 'read.py');
    await editor.page.waitForTimeout(1500);
    expect(await lens.count()).toBe(0);
    await openFile(editor, 'train.py');
    await lens.first().waitFor();
    mkdirSync(join(project.root, '.vscode'));
    writeFileSync(join(project.root, '.vscode/settings.json'), '{ "slipway.editor.codeLens": false }');
    await expect.poll(() => lens.count(), { timeout: 15_000 }).toBe(0);
  });
});
