// What people say about a run, changed in its panel, and the run in the trash.
import { describe, expect, it } from 'vitest';
import type { RunDetail } from '../../src/protocol/run';
import { noteTag } from '../../src/protocol/runs/run-tag';
import { openRun } from './open-run';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { engineOf, runNamed } from './project-engine';
import { sharedWindow } from './shared-window';

describe('words about a run', () => {
  const shared = sharedWindow(() => {
    const project = Project.create();
    for (const name of ['first', 'second', 'third', 'lines', 'refused', 'shared', 'many', 'keys'])
      project.record(name, 5);
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

    await panel.getByText('Add Tag').click();
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

    await panel.getByText('Write Note').click();
    await panel.getByLabel('Note, in Markdown').fill('# Why\n\n- a **bold** guess\n\n<img src=x onerror=alert(1)>');
    await editor.page.keyboard.press('Control+Enter');
    await expect.poll(() => tagOf('mlflow.note.content')).toContain('# Why');
    expect(await panel.locator('.markdown h3').innerText()).toBe('Why');
    expect(await panel.locator('.markdown li strong').innerText()).toBe('bold');
    expect(await panel.locator('.markdown img').count()).toBe(0);
    expect(await panel.locator('.markdown').innerText()).toContain('<img src=x');

    // By the command, too, which knows nothing of the panel; what the panel has taken back itself is no step any more.
    await editor.runCommand('Slipway: Undo Change of Runs');
    await expect.poll(() => tagOf('mlflow.note.content')).toBe(undefined);
    await editor.runCommand('Slipway: Undo Change of Runs');
    await expect.poll(() => tagOf('team')).toBe('core=1');
  });

  it('VS Code hears its keys while a note is written, Ctrl+S saves it, and Escape gives up nothing', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'keys');
    const panel = await openRun(editor, 'keys');
    await panel.getByText('Write Note').click();
    const field = panel.getByLabel('Note, in Markdown');
    await field.fill('a long thought');
    await editor.page.keyboard.press('F1');
    await editor.page.locator('.quick-input-widget:visible input').first().waitFor();
    await editor.page.keyboard.press('Escape');
    await field.focus();
    await editor.page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('a long thought');
    await field.focus();
    await editor.page.keyboard.press('Control+s');
    const note = async () => (await engineOf(project).api.runs.get.query({ runId })).note;
    await expect.poll(note).toBe('a long thought');
  });

  it('a note half written is still there when the panel was hidden', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'second');
    await panel.getByText('Write Note').click();
    await panel.getByLabel('Note, in Markdown').fill('half a thou');
    await panel.getByText('Open Log').click();
    await editor.page.locator('.monaco-editor .view-lines', { hasText: 'step 5 done' }).waitFor();
    await editor.page.locator('.tab', { hasText: 'second' }).first().click();
    const again = await editor.webviewFrame('.note-editor textarea');
    expect(await again.getByLabel('Note, in Markdown').inputValue()).toBe('half a thou');
  });

  it('a note half written is still there when the panel was closed, until it is given up', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'first');
    await panel.getByText('Write Note').click();
    await panel.getByLabel('Note, in Markdown').fill('half a closed thought');
    await editor.runCommand('View: Close All Editors');
    await openRun(editor, 'third');
    // The keys that `openRun` presses would save it.
    await editor.treeRow('first').click();
    const again = await editor.webviewFrame('.note-editor textarea');
    expect(await again.getByLabel('Note, in Markdown').inputValue()).toBe('half a closed thought');
    await again.getByRole('button', { name: 'Cancel' }).click();
    await editor.runCommand('View: Close All Editors');
    const given = await openRun(editor, 'first');
    await given.getByText('Write Note').waitFor();
    expect(await given.locator('.note-editor').count()).toBe(0);
  });

  it('a tag of several lines that is only clicked keeps them, and can be changed with them', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'lines');
    const { api } = engineOf(project);
    const lines = 'one\ntwo\nthree';
    await api.runs.change.mutate({ changes: [{ runId, tags: { lines, constructor: 'own', toString: 'own' } }] });
    const linesNow = async () => tagOf(await api.runs.get.query({ runId }), 'lines');
    const panel = await openRun(editor, 'lines');
    const field = panel.getByLabel('Value of the tag lines');
    await panel.locator('.tag-value', { hasText: 'one' }).click();
    expect(await field.inputValue()).toBe(lines);
    await editor.screenshot('panel-tag-lines');
    await panel.locator('.opening h1').click();
    await field.waitFor({ state: 'detached' });
    // A change would be shown before the engine has made it.
    expect(await panel.locator('.tag-value', { hasText: 'one' }).getAttribute('title')).toBe(lines);
    expect(await panel.locator('.head-notice').innerText()).toBe('');
    expect(await linesNow()).toBe(lines);

    await panel.locator('.tag-value', { hasText: 'one' }).click();
    await field.press('End');
    await field.press('Enter');
    await field.pressSequentially('four');
    await field.press('Control+Enter');
    await expect.poll(linesNow).toBe(`${lines}\nfour`);
    // Tags named like something every object has are not touched by a change of another.
    expect(await panel.locator('.tag-value', { hasText: 'own' }).count()).toBe(2);
  });

  it('a note that could not be saved stays in its field, which says why', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'refused');
    const noteNow = async () => tagOf(await engineOf(project).api.runs.get.query({ runId }), noteTag);
    const panel = await openRun(editor, 'refused');
    const field = panel.getByLabel('Note, in Markdown');
    const problem = panel.locator('.note-editor [role=alert]');
    await panel.getByText('Write Note').click();
    await field.fill('a long thought');
    const killed = project.enginePid();
    process.kill(killed, 'SIGKILL');
    await field.press('Control+Enter');
    await problem.getByText('Not saved, and kept here.').waitFor();
    expect(await field.inputValue()).toBe('a long thought');
    await editor.screenshot('panel-note-refused');
    await expect.poll(noteNow).toBe(undefined);
    await panel.locator('main[aria-busy=false]').waitFor();
    await panel.getByRole('button', { name: 'Save', exact: true }).click();
    await field.waitFor({ state: 'detached' });
    await expect.poll(noteNow).toBe('a long thought');

    await panel.getByText('Edit Note').click();
    await field.fill('one more thought');
    await engineOf(project).api.runs.change.mutate({ changes: [{ runId, deleted: true }] });
    await problem.getByText('The run is in the trash').waitFor();
    expect(await field.inputValue()).toBe('one more thought');
    await panel.locator('.banner').getByText('Restore').click();
    await panel.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(noteNow).toBe('one more thought');
  });

  it('a note that was changed elsewhere meanwhile is not overwritten unasked', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'shared');
    const { api } = engineOf(project);
    const noteNow = async () => tagOf(await api.runs.get.query({ runId }), noteTag);
    const writeElsewhere = (note: string) =>
      api.runs.change.mutate({ changes: [{ runId, tags: { [noteTag]: note } }] });
    const panel = await openRun(editor, 'shared');
    const field = panel.getByLabel('Note, in Markdown');
    const problem = panel.locator('.note-editor [role=alert]');
    await panel.getByText('Write Note').click();
    await field.fill('mine');
    await writeElsewhere('what **they** wrote');
    // At once, before the panel has heard of it.
    await field.press('Control+Enter');
    await problem.getByText('This note was changed elsewhere since you began to write.').waitFor();
    expect(await noteNow()).toBe('what **they** wrote');
    await problem.getByText('Show Theirs').click();
    expect(await panel.locator('.note-editor .markdown strong').innerText()).toBe('they');
    expect(await faultsOf(panel)).toEqual([]);
    await editor.screenshot('panel-note-conflict');
    await panel.getByRole('button', { name: 'Overwrite' }).click();
    await expect.poll(noteNow).toBe('mine');
    await field.waitFor({ state: 'detached' });

    await panel.getByText('Edit Note').click();
    await field.fill('mine again');
    await writeElsewhere('theirs again');
    await panel.getByRole('button', { name: 'Discard Mine' }).click();
    await panel.locator('.markdown', { hasText: 'theirs again' }).waitFor();
    expect(await noteNow()).toBe('theirs again');
  });

  it('ten thousand tags do not keep a panel from opening, and are found', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'many');
    const tags = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`tag-${index}`, `value ${index}`]));
    await engineOf(project).api.runs.change.mutate({ changes: [{ runId, tags }] });
    const panel = await openRun(editor, 'many');
    await panel.getByText('100 of 10,000 are shown.').waitFor();
    expect(await panel.locator('*').count()).toBeLessThan(3000);
    await panel.getByText('Show 1,000 More').click();
    expect(await panel.locator('.tag').count()).toBe(1100);
    await panel.getByLabel('Search tags').fill('VALUE 9876');
    expect(await panel.locator('.tag').innerText()).toContain('tag-9876');
    await editor.screenshot('panel-tags-searched');
  });

  it('a run in the trash says so, cannot be changed, and is restored', async () => {
    const { editor, project } = shared;
    const { runId } = await runNamed(project, 'third');
    const { api } = engineOf(project);
    const panel = await openRun(editor, 'third');
    await api.runs.change.mutate({ changes: [{ runId, deleted: true }] });
    await panel.getByText('In the trash since').waitFor();
    expect(await panel.locator('.run-name').count()).toBe(0);
    expect(await panel.getByText('Add Tag').count()).toBe(0);
    await editor.screenshot('panel-trash');
    await panel.getByText('Restore').click();
    await panel.locator('.run-name').waitFor();
    await expect.poll(async () => (await api.runs.get.query({ runId })).deletedTime).toBe(null);
  });
});

function tagOf(run: RunDetail, key: string): string | undefined {
  return run.tags.find((tag) => tag.key === key)?.value;
}
