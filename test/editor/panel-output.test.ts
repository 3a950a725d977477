// The output in a run's panel: followed live, searched to its beginning, in colour, with ways into the code.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFile } from './open-file';
import { openRun } from './open-run';
import { Project } from './project';
import { sharedWindow } from './shared-window';

const metric = `echo '{"step":1,"loss":1}' >> "$SLIPWAY_METRICS"; echo '{"step":2,"loss":0.5}' >> "$SLIPWAY_METRICS"\n`;

/** Records the shell script as the run `name`; how it ends does not matter. */
function record(project: Project, name: string, script: string): void {
  writeFileSync(join(project.root, 'job.sh'), `${metric}${script}`);
  try {
    project.slipway('run', '--name', name, '--experiment', 'sample', '--', 'sh', 'job.sh');
  } catch {
    // Its exit code is part of the test.
  }
}

describe('output', () => {
  const shared = sharedWindow(() => Project.create());

  it('is found from the last line to the first, also far before what is shown', async () => {
    const { editor, project } = shared;
    record(
      project,
      'first',
      'i=0; while [ $i -lt 9000 ]; do i=$((i+1)); echo "line $i of the log"; [ $((i % 4000)) = 1 ] && echo "needle $i"; done',
    );
    const panel = await openRun(editor, 'first');
    const field = panel.getByRole('textbox', { name: 'Search output' });
    const current = panel.locator('.output-line.current');
    await field.fill('NEEDLE');
    await panel.getByText('3 lines').waitFor();
    await field.press('Enter');
    await panel.getByText('3 of 3 lines').waitFor();
    await expect.poll(() => current.innerText()).toBe('needle 8001\n');
    await field.press('Shift+Enter');
    await field.press('Shift+Enter');
    await panel.getByText('1 of 3 lines').waitFor();
    await expect.poll(() => current.innerText()).toBe('needle 1\n');
    expect(await current.locator('mark').innerText()).toBe('needle');
    expect(await current.isVisible()).toBe(true);
    await panel.getByText('Later Output').click();
    await expect.poll(() => panel.locator('.output').innerText()).toContain('line 2000 of');
    await panel.getByText('Jump to End').click();
    await expect.poll(() => panel.locator('.output').innerText()).toContain('line 9000 of');
    await field.fill('no such words');
    await panel.getByText('no line', { exact: true }).waitFor();
  });

  it('is told to the page that asked, and to none that comes after it in the same tab', async () => {
    const { editor, project } = shared;
    await editor.closeEditors();
    const panel = await openRun(editor, 'first');
    const field = panel.getByRole('textbox', { name: 'Search output' });
    const engine = project.enginePid();
    process.kill(engine, 'SIGSTOP');
    try {
      await field.fill('needle');
      await panel.getByText('searching', { exact: true }).waitFor();
      await openFile(editor, 'job.sh');
      await editor.page.locator('.tab', { hasText: 'first' }).first().click();
      const again = await editor.webviewFrame('.chart canvas');
      await again.evaluate(() => {
        const found: number[] = [];
        Object.assign(window, { found });
        addEventListener('message', ({ data }) => data.value?.offsets && found.push(data.value.offsets.length));
      });
      await again.getByRole('textbox', { name: 'Search output' }).fill('needle 8001');
      process.kill(engine, 'SIGCONT');
      await again.getByText('1 line', { exact: true }).waitFor();
      expect(await again.evaluate(() => (window as unknown as { found: number[] }).found)).toEqual([1]);
    } finally {
      process.kill(engine, 'SIGCONT');
    }
  });

  it('shows colours, one line for a progress bar, and opens the line a traceback names', async () => {
    const { editor, project } = shared;
    writeFileSync(join(project.root, 'train.py'), 'import sys\n\ndef fit():\n    raise ValueError\n');
    record(
      project,
      'coloured',
      [
        `printf '\\033[31mred \\033[1mbold\\033[0m plain\\n'`,
        `printf '10%%\\r50%%\\r100%%\\n'`,
        `echo '  File "train.py", line 4, in fit'`,
        `echo '  File "/etc/hostname", line 1, in away'`,
        `echo '  File "gone.py", line 1, in gone'`,
      ].join('\n'),
    );
    const panel = await openRun(editor, 'coloured');
    const line = (text: string) => panel.locator('.output-line', { hasText: text });
    await line('plain').waitFor();
    const looks = await line('plain').evaluate((element) =>
      [...element.children].map((part) => {
        const { color, fontWeight } = getComputedStyle(part);
        return [part.textContent, fontWeight, color !== getComputedStyle(element).color];
      }),
    );
    expect(looks).toEqual([
      ['red ', '400', true],
      ['bold', '600', true],
    ]);
    expect(await line('100%').innerText()).toBe('100%\n');
    await panel.getByRole('button', { name: '/etc/hostname' }).click();
    await panel.getByText('lies outside this workspace').waitFor();
    await panel.getByRole('button', { name: 'gone.py' }).click();
    await panel.getByText('gone.py was moved or deleted.').waitFor();
    await panel.getByRole('button', { name: 'train.py' }).click();
    await editor.page.locator('.tab.active', { hasText: 'train.py' }).waitFor();
    await editor.page.getByText('Ln 4, Col 1').waitFor();

    await editor.page.locator('.tab', { hasText: 'coloured' }).first().click();
    const again = await editor.webviewFrame('.output-line');
    await again.getByText('Open Log').click();
    const log = editor.page.locator('.monaco-editor .view-lines', { hasText: 'plain' });
    await log.waitFor();
    expect((await log.innerText()).replaceAll('\u00a0', ' ')).toMatch(/^red bold plain\n100%\n/);
  });

  it('of a failed run leads with its error and the line of the project that raised it', async () => {
    const { editor, project } = shared;
    writeFileSync(
      join(project.root, 'fails.py'),
      'import json\n\ndef read(text):\n    return json.loads(text)\n\nread("{")\n',
    );
    record(project, 'failing', 'python3 fails.py');
    const panel = await openRun(editor, 'failing');
    const cause = panel.locator('.opening .cause');
    await cause.waitFor();
    expect(await cause.locator('code').innerText()).toMatch(/^json\.decoder\.JSONDecodeError: Expecting /);
    await editor.screenshot('panel-failed');
    await cause.getByText('Open fails.py:4').click();
    await editor.page.locator('.tab.active', { hasText: 'fails.py' }).waitFor();
    await editor.page.getByText('Ln 4, Col 1').waitFor();
  });

  it('follows a run that goes on until somebody scrolls up', async () => {
    const { editor, project } = shared;
    project.startRun('live', 600, 0.1);
    const panel = await openRun(editor, 'live');
    const atEnd = () =>
      panel.locator('.output').evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 30);
    await expect.poll(() => panel.locator('.output-line').count()).toBeGreaterThan(40);
    expect(await atEnd()).toBe(true);
    await panel.locator('.output').hover();
    await editor.page.mouse.wheel(0, -300);
    await panel.getByText('Jump to End').waitFor();
    const before = await panel.locator('.output-line').count();
    await expect.poll(() => panel.locator('.output-line').count()).toBeGreaterThan(before + 5);
    expect(await atEnd()).toBe(false);
    await panel.getByText('Jump to End').click();
    await expect.poll(atEnd).toBe(true);
  });
});
