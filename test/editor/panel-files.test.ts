// The files of a run: a tree for mouse and keys, opened in VS Code's own editors.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';
import { logArtifact, runNamed } from './project-engine';
import { sharedWindow } from './shared-window';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('files of a run', () => {
  const shared = sharedWindow(() => {
    const project = Project.create();
    for (const name of ['first', 'second']) project.record(name, 5);
    return project;
  });

  it('a tree by keys, by mouse and by its menu', async () => {
    const { editor, project } = shared;
    const run = await runNamed(project, 'first');
    await logArtifact(project, run, 'model/weights/layer.json', '{"layer":1}');
    await logArtifact(project, run, 'model/MLmodel', 'flavors: {}');
    await logArtifact(project, run, 'plots/curve.png', pixel);
    await logArtifact(project, run, 'report.html', '<script>document.title="ran"</script><h1>Report</h1>');
    for (let i = 0; i < 205; i++) await logArtifact(project, run, `many/part-${String(i).padStart(3, '0')}.txt`, 'x');
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

    await editor.chooseInMenuOf(row('layer.json, 11 B'), 'Copy Artifact URI');
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

  it('a file and a folder are saved where the user wants them', async () => {
    const { editor, project } = shared;
    const run = await runNamed(project, 'second');
    await logArtifact(project, run, 'model/weights/layer.json', '{"layer":1}');
    await logArtifact(project, run, 'model/MLmodel', 'flavors: {}');
    await logArtifact(project, run, 'report.txt', 'all is well');
    const panel = await openRun(editor, 'second');
    const input = editor.page.locator('.quick-input-widget:visible input').first();
    await editor.chooseInMenuOf(panel.getByRole('treeitem', { name: 'report.txt' }), 'Save As…');
    await expect.poll(() => input.inputValue()).toBe(join(project.root, 'report.txt'));
    await editor.answerFileDialog(join(project.root, 'kept.txt'));
    await expect.poll(() => textOf(join(project.root, 'kept.txt'))).toBe('all is well');

    const place = join(project.root, 'copies');
    mkdirSync(place);
    await editor.chooseInMenuOf(panel.getByRole('treeitem', { name: 'model' }), 'Save Folder…');
    await expect.poll(() => input.inputValue()).toContain(project.root);
    await editor.answerFileDialog(`${place}/`);
    await expect.poll(() => textOf(join(place, 'model/weights/layer.json'))).toBe('{"layer":1}');
    await expect.poll(() => textOf(join(place, 'model/MLmodel'))).toBe('flavors: {}');
    expect(existsSync(join(place, 'model/report.txt'))).toBe(false);

    // What is there already is replaced only when that is wanted.
    writeFileSync(join(place, 'model/MLmodel'), 'my own');
    await editor.chooseInMenuOf(panel.getByRole('treeitem', { name: 'model' }), 'Save Folder…');
    await expect.poll(() => input.inputValue()).toContain(project.root);
    await editor.answerFileDialog(`${place}/`);
    const question = editor.page.locator('.monaco-dialog-box', { hasText: 'already' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(textOf(join(place, 'model/MLmodel'))).toBe('my own');

    // One file that cannot be read is named and stops no other.
    const hash = createHash('sha256').update('flavors: {}').digest('hex');
    rmSync(join(project.root, '.slipway/objects', hash.slice(0, 2), hash.slice(2)));
    const rest = join(project.root, 'rest');
    mkdirSync(rest);
    await editor.chooseInMenuOf(panel.getByRole('treeitem', { name: 'model' }), 'Save Folder…');
    await expect.poll(() => input.inputValue()).toContain(project.root);
    await editor.answerFileDialog(`${rest}/`);
    await expect.poll(() => textOf(join(rest, 'model/weights/layer.json'))).toBe('{"layer":1}');
    await expect
      .poll(async () => (await editor.notifications()).join())
      .toContain('Saved 1 file. Not saved: model/MLmodel (');

    // The log names what was done from the menu and in the panel, too.
    await editor.runCommand('Notifications: Clear All Notifications');
    await panel.getByRole('treeitem', { name: 'report.txt' }).click();
    await editor.page.locator('.tab.active', { hasText: 'report.txt' }).waitFor();
    await editor.runCommand('Slipway: Copy Diagnostics');
    const log = () => editor.page.evaluate('navigator.clipboard.readText()') as Promise<string>;
    await expect.poll(log).toMatch(/slipway\.saveRunFile: done in \d+ ms\./);
    expect(await log()).toMatch(/slipway\.saveRunFolder: failed after \d+ ms\./);
    expect(await log()).toMatch(/artifact\.open: done in \d+ ms\./);
  });

  it('a file that lies on disk by its own name is shown in the explorer', async () => {
    await using project = Project.create();
    project.slipway('engine', 'stop');
    project.slipway('engine', 'start', '--artifact-root', pathToFileURL(join(project.root, 'store')).href);
    project.record('first', 5);
    const plots = join(fileURLToPath((await runNamed(project, 'first')).artifactUri), 'plots');
    mkdirSync(plots, { recursive: true });
    writeFileSync(join(plots, 'curve.txt'), 'up');
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'first');
    await panel.getByRole('treeitem', { name: 'plots' }).click();
    await editor.chooseInMenuOf(panel.getByRole('treeitem', { name: /curve/ }), 'Reveal in Explorer');
    await editor.page.locator('.explorer-folders-view .monaco-list-row.selected', { hasText: 'curve.txt' }).waitFor();
  });
});

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
