// The files of a run: a tree for mouse and keys, opened in VS Code's own editors.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';
import { logArtifact, runNamed } from './project-engine';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('files of a run', () => {
  it('a tree by keys, by mouse and by its menu', async () => {
    await using project = Project.create();
    project.record('first', 5);
    const run = await runNamed(project, 'first');
    await logArtifact(project, run, 'model/weights/layer.json', '{"layer":1}');
    await logArtifact(project, run, 'model/MLmodel', 'flavors: {}');
    await logArtifact(project, run, 'plots/curve.png', pixel);
    await logArtifact(project, run, 'report.html', '<script>document.title="ran"</script><h1>Report</h1>');
    for (let i = 0; i < 205; i++) await logArtifact(project, run, `many/part-${String(i).padStart(3, '0')}.txt`, 'x');
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'first');
    const row = (name: string | RegExp) => panel.getByRole('treeitem', { name });
    const focused = () => panel.evaluate('document.activeElement.getAttribute("aria-label")');
    await row('model').focus();
    expect(await panel.getByRole('treeitem').count()).toBe(4);
    await editor.page.keyboard.press('Home');
    expect(await focused()).toBe('many');
    await editor.page.keyboard.press('ArrowRight');
    await expect.poll(() => row(/part-/).count()).toBe(200);
    await row('Show more').click();
    await expect.poll(() => row(/part-/).count()).toBe(205);
    await row('many').focus();
    await editor.page.keyboard.press('ArrowLeft');
    await expect.poll(() => row(/part-/).count()).toBe(0);
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('ArrowRight');
    await row('weights').waitFor();
    await editor.page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('MLmodel, 11 B');
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('ArrowRight');
    await row('layer.json, 11 B').waitFor();
    expect(await row('layer.json, 11 B').getAttribute('aria-level')).toBe('3');
    await editor.screenshot('panel-files');

    await row('layer.json, 11 B').click({ button: 'right' });
    await editor.chooseInMenu('Copy Artifact URI');
    await expect
      .poll(() => editor.page.evaluate('navigator.clipboard.readText()'))
      .toBe(`runs:/${run.runId}/model/weights/layer.json`);
    await row('report.html').click();
    await editor.page.locator('.monaco-editor .view-lines', { hasText: '<h1>Report</h1>' }).waitFor();
    await editor.page.locator('.tab', { hasText: 'first' }).first().click();
    const again = await editor.webviewFrame('.file-row');
    await again.getByRole('treeitem', { name: 'plots' }).click();
    await again.getByRole('treeitem', { name: /curve/ }).click();
    await editor.page.locator('.tab.active', { hasText: 'curve.png' }).waitFor();
    expect(await editor.notifications()).toEqual([]);
  });
});
