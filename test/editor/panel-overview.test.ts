// What led to a run: its command, copied and run again, its environment as text.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRun } from './open-run';
import { Project } from './project';
import { engineOf } from './project-engine';
import { sharedWindow } from './shared-window';

describe('what led to a run', () => {
  const shared = sharedWindow(() => Project.create());

  it('the command is copied and run again, word for word, with all the run was given', async () => {
    const { editor, project } = shared;
    // VS Code has a variable of that name, and would put a path there or refuse to start.
    const shellVariable = ['$', '{file}'].join('');
    project.slipway(
      'run',
      '--name',
      'first',
      '--experiment',
      'sample',
      '--input',
      'train.sh',
      '--param',
      'lr=0.05',
      '--tag',
      'team=x',
      '--',
      'sh',
      'train.sh',
      '7',
      '0',
      shellVariable,
    );
    const panel = await openRun(editor, 'first');
    await panel.getByRole('button', { name: 'Copy Command' }).click();
    await expect
      .poll(() => editor.page.evaluate('navigator.clipboard.readText()'))
      .toBe(`sh train.sh 7 0 '${shellVariable}'`);
    await panel.getByRole('button', { name: 'Run Again' }).click();
    const { api } = engineOf(project);
    const runs = async () => (await api.runs.list.query({})).items;
    await expect.poll(async () => (await runs()).filter(({ state }) => state === 'finished').length).toBe(2);
    const second = (await runs()).find(({ name }) => name !== 'first');
    const { recording, experimentName } = await api.runs.get.query({ runId: second?.runId ?? '' });
    expect(experimentName).toBe('sample');
    expect(recording?.command).toEqual(['sh', 'train.sh', '7', '0', shellVariable]);
    expect(recording?.given).toEqual({ params: { lr: '0.05' }, tags: { team: 'x' } });
    expect(recording?.cwd).toBe(project.root);
    expect(recording?.inputs.map(({ path }) => path)).toEqual(['train.sh']);
  });

  it('uncommitted changes open in the comparison of VS Code, as they were', async () => {
    const { editor, project } = shared;
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...words], {
        cwd: project.root,
        stdio: 'pipe',
      });
    writeFileSync(join(project.root, 'rate.txt'), 'lr 0.1\n');
    writeFileSync(join(project.root, 'seed.txt'), 'seed 1\n');
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    writeFileSync(join(project.root, 'rate.txt'), 'lr 0.7\n');
    project.record('one file', 5);
    writeFileSync(join(project.root, 'seed.txt'), 'seed 2\n');
    project.record('two files', 5);
    git('commit', '-qam', 'later');
    const panel = await openRun(editor, 'one file');
    await panel.getByRole('button', { name: 'Copy Commit' }).click();
    const commit = git('rev-parse', 'HEAD~1').toString().trim();
    await expect.poll(() => editor.page.evaluate('navigator.clipboard.readText()')).toBe(commit);
    await panel.getByText('Open Diff').click();
    const diff = editor.page.locator('.monaco-diff-editor');
    await diff.locator('.original .view-lines', { hasText: 'lr 0.1' }).waitFor();
    await diff.locator('.modified .view-lines', { hasText: 'lr 0.7' }).waitFor();
    await editor.page.keyboard.press('Control+w');
    await editor.treeRow('two files').click();
    const other = await editor.webviewFrame('.chart canvas');
    await other.getByText('Open Diff').click();
    const several = editor.page.locator('.multiDiffEntry, .monaco-component.multiDiffEditor');
    await several.first().waitFor();
    await editor.page.getByText('seed 2').first().waitFor();
    await editor.screenshot('panel-changes');
  });

  it('the environment opens as text', async () => {
    const { editor, project } = shared;
    project.record('surrounded', 5);
    const panel = await openRun(editor, 'surrounded');
    await panel.getByText('Open as Text').click();
    await editor.page.locator('.tab.active', { hasText: 'surrounded environment.txt' }).waitFor();
    await editor.page.locator('.monaco-editor .view-lines', { hasText: '# surrounded, on' }).waitFor();
  });

  it('what it looked like is there when its tab is chosen again, before its script has come', async () => {
    const { editor, project } = shared;
    project.record('looked', 5);
    await openRun(editor, 'looked');
    await editor.runCommand('File: New Untitled Text File');
    const painted = async (): Promise<boolean> => {
      await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
      await editor.page.locator('.tab', { hasText: 'looked' }).click();
      const panel = await editor.webviewFrame('.opening h1');
      await panel.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      return panel.evaluate(() => {
        const [paint, script] = ['first-contentful-paint', 'script'].map(
          (name) => performance.getEntriesByName(name)[0],
        );
        return paint !== undefined && script !== undefined && paint.startTime < script.startTime;
      });
    };
    const leave = async (): Promise<false> => {
      await editor.page.waitForTimeout(3000);
      await editor.page.locator('.tab', { hasText: 'Untitled' }).click();
      return false;
    };
    // Whoever leaves it at once has not let it come to rest.
    await expect.poll(async () => (await painted()) || (await leave())).toBe(true);
  });
});
