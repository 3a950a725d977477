// The main job: a plain MLflow script in the integrated terminal, and the run is there, live, and still there after a
// reload.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';

const script = `import time
import mlflow

mlflow.set_experiment("delays")
with mlflow.start_run(run_name="plain"):
    mlflow.log_param("lr", 0.1)
    for step in range(400):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
        time.sleep(0.1)
`;

const python = process.env.SLIPWAY_TEST_PYTHON_MLFLOW3;

describe('training in the integrated terminal', () => {
  it('with plain MLflow code appears as a run whose chart moves, and the panel survives a reload', async () => {
    if (python === undefined) throw new Error('SLIPWAY_TEST_PYTHON_MLFLOW3 is not set; npm test sets it.');
    await using project = Project.create();
    writeFileSync(join(project.root, 'train.py'), script);
    await using editor = await Editor.open({ folder: project.root, size: { width: 1400, height: 900 } });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });
    await editor.openTerminal();
    await editor.type(`${python} train.py`);

    await editor.treeRow('delays').waitFor({ timeout: 60_000 });
    const panel = await openRun(editor, 'plain');
    const summary = () =>
      panel.locator('.chart [role="img"], .chart[aria-label], .chart canvas').first().getAttribute('aria-label');
    const last = panel.locator('.metric-row', { hasText: 'loss' }).locator('td').first();
    const [chartBefore, lastBefore] = [await summary(), await last.innerText()];
    await expect.poll(() => last.innerText(), { timeout: 10_000 }).not.toBe(lastBefore);
    await expect.poll(summary, { timeout: 10_000 }).not.toBe(chartBefore);
    await editor.screenshot('training');

    await editor.reload();
    const again = await editor.webviewFrame('.metric-row', 40_000);
    expect(await again.locator('.head').innerText()).toContain('plain');
    await editor.openView('Slipway');
    await editor.treeRow('plain').waitFor({ timeout: 30_000 });
  });
});
