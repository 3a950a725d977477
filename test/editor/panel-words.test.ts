// What people say about a run, changed in its panel, and the run in the trash.
import { describe, expect, it } from 'vitest';
import { openRun } from './open-run';
import { Project } from './project';
import { engineOf, runNamed } from './project-engine';
import { sharedWindow } from './shared-window';

describe('words about a run', () => {
  const shared = sharedWindow(() => {
    const project = Project.create();
    for (const name of ['first', 'second', 'third']) project.record(name, 5);
    return project;
  });

  it('name, star, tags and note are changed in place and undone', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'first');
    const now = () => engineOf(project).api.runs.get.query({ runId });
    const tagOf = async (key: string) => (await now()).tags.find((tag) => tag.key === key)?.value;
    const panel = await openRun(editor, 'first');
    const notice = panel.locator('.head-notice');

    await panel.locator('.run-name').click();
    await panel.getByLabel('Name of the run').fill('weather model');
    await editor.page.keyboard.press('Enter');
    expect(await panel.locator('.run-name').innerText()).toBe('weather model');
    await expect.poll(async () => (await now()).name).toBe('weather model');
    await notice.getByText('Undo').click();
    await expect.poll(async () => (await now()).name).toBe('first');
    await expect.poll(() => panel.locator('.run-name').innerText()).toBe('first');

    await panel.getByRole('button', { name: 'Star', exact: true }).click();
    await panel.getByRole('button', { name: 'Unstar' }).waitFor();
    await expect.poll(async () => (await now()).starred).toBe(true);

    await panel.getByText('Add tag').click();
    await panel.getByLabel('New tag, as name=value').fill('team=core=1');
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => tagOf('team')).toBe('core=1');
    await panel.getByRole('button', { name: 'team: core=1. Change' }).click();
    await panel.getByLabel('Value of the tag team').fill('data');
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => tagOf('team')).toBe('data');
    await panel.getByRole('button', { name: 'Remove Tag: team' }).click();
    expect(await panel.locator('.tag').count()).toBe(0);
    await expect.poll(() => notice.innerText()).toContain('Tag team removed.');
    await panel.locator('.opening h1').click();
    await editor.page.keyboard.press('Control+z');
    await expect.poll(() => tagOf('team')).toBe('data');

    await panel.getByText('Write note').click();
    await panel.getByLabel('Note, in Markdown').fill('# Why\n\n- a **bold** guess\n\n<img src=x onerror=alert(1)>');
    await editor.page.keyboard.press('Control+Enter');
    await expect.poll(() => tagOf('mlflow.note.content')).toContain('# Why');
    expect(await panel.locator('.markdown h3').innerText()).toBe('Why');
    expect(await panel.locator('.markdown li strong').innerText()).toBe('bold');
    expect(await panel.locator('.markdown img').count()).toBe(0);
    expect(await panel.locator('.markdown').innerText()).toContain('<img src=x');
  });

  it('a note half written is still there when the panel was hidden', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'second');
    await panel.getByText('Write note').click();
    await panel.getByLabel('Note, in Markdown').fill('half a thou');
    await panel.getByText('Open log').click();
    await editor.page.locator('.monaco-editor .view-lines', { hasText: 'step 5 done' }).waitFor();
    await editor.page.locator('.tab', { hasText: 'second' }).first().click();
    const again = await editor.webviewFrame('.note-editor textarea');
    expect(await again.getByLabel('Note, in Markdown').inputValue()).toBe('half a thou');
  });

  it('a run in the trash says so, cannot be changed, and is restored', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'third');
    const { api } = engineOf(project);
    const panel = await openRun(editor, 'third');
    await api.runs.change.mutate({ changes: [{ runId, deleted: true }] });
    await panel.getByText('In the trash since').waitFor();
    expect(await panel.locator('.run-name').count()).toBe(0);
    expect(await panel.getByText('Add tag').count()).toBe(0);
    await editor.screenshot('panel-trash');
    await panel.getByText('Restore').click();
    await panel.locator('.run-name').waitFor();
    await expect.poll(async () => (await api.runs.get.query({ runId })).deletedTime).toBe(null);
  });
});
