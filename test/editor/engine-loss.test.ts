// An engine that dies under an open window is back before anybody has to act.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';

describe('an engine killed under an open window', () => {
  it('answers again in less than 3 s, with the panel and its numbers kept', async () => {
    await using project = Project.create();
    project.record('first', 30);
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'first');
    const sentence = await panel.locator('.opening h1').innerText();

    const killed = project.enginePid();
    const began = performance.now();
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => answers(project, killed), { timeout: 10_000, interval: 25 }).toBe(true);
    expect(performance.now() - began).toBeLessThan(3000);

    expect(await panel.locator('.opening h1').innerText()).toBe(sentence);
    project.record('second', 3);
    await editor.treeRow('second').waitFor({ timeout: 10_000 });
    expect(await editor.notifications()).toEqual([]);
  });
});

function answers(project: Project, killed: number): boolean {
  try {
    return project.enginePid() !== killed;
  } catch {
    return false;
  }
}
