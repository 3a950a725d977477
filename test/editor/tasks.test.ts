// Record a Run… and tasks.json: a command becomes a run, its traceback a problem.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { Project } from './project';
import { sharedWindow } from './shared-window';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');

const failing = `import sys

def train(rate):
    raise ValueError(f"the rate {rate} is too high")

train(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
`;

/** The first of them waits for the file `end-first`, the next for `end-second`. */
const waiting = `if mkdir began 2> /dev/null; then which=first; else which=second; fi
while [ ! -e "end-$which" ]; do sleep 0.1; done
`;

const task = {
  type: 'slipway',
  label: 'train small',
  command: ['sh', '-c', 'printf "%s" "$1" > out.txt', 'sh', 'two words; $HOME'],
  experiment: 'tasks',
  name: 'small',
  params: { lr: 0.5 },
  tags: { kind: 'nightly' },
  outputs: ['out.txt'],
};

function projectWithTask(): Project {
  const project = Project.create();
  mkdirSync(join(project.root, '.vscode'));
  writeFileSync(join(project.root, '.vscode/tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [task] }));
  return project;
}

describe('a command recorded as a task', () => {
  const shared = sharedWindow(projectWithTask, python);

  it('is chosen among the Python files, runs in a terminal, and its traceback is a problem', async () => {
    const { editor, project } = shared;
    mkdirSync(join(project.root, 'src'));
    writeFileSync(join(project.root, 'src/train.py'), failing);
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor();

    await editor.runCommand('Slipway: Record a Run…');
    await editor.quickPickRow('src/train.py').waitFor();
    await editor.screenshot('record-command');
    await editor.quickPickRow('src/train.py').click();
    await stepOf(editor, 2);
    await editor.answerList('delays');
    await stepOf(editor, 3);
    await editor.screenshot('record-name');
    await editor.answerInput('too fast');
    await editor.treeRow('too fast').waitFor();
    await editor.treeRow('delays').waitFor();
    await editor.treeRow('failed').waitFor();
    await editor.runCommand('Problems: Focus on Problems View');
    const problem = editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'ValueError' });
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(/the rate 2\.0 is too high[\s\S]*\[Ln 4, Col 1\]/);
    await editor.screenshot('task-problem');

    await editor.runCommand('Slipway: Record a Run…');
    const first = editor.page.locator('.quick-input-list .monaco-list-row').first();
    await expect.poll(() => first.innerText()).toMatch(/src\/train\.py\s*delays/);
    writeFileSync(join(project.root, 'src/other.py'), 'raise KeyError("second")\n');
    await editor.page.locator('.quick-input-widget:visible input').first().fill('python3 src/other.py | tee log.txt');
    await editor.page.locator('.quick-input-list').getByText('record with bash: a failed part fails the run').waitFor();
    await editor.screenshot('record-piped');
    await editor.page.keyboard.press('Enter');
    await stepOf(editor, 2);
    await editor.answerList('delays');
    await stepOf(editor, 3);
    await editor.answerInput('second');
    await editor.treeRow('second').getByText('failed').waitFor();
    await editor.runCommand('Problems: Focus on Problems View');
    await editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'KeyError' }).waitFor();
    // The terminal of the first has made room.
    await editor.runCommand('Terminal: Focus Terminal');
    await expect.poll(() => editor.page.locator('.terminal-wrapper').count()).toBe(1);
  });

  it('is chosen among what was recorded in a terminal, and runs in the folder it was recorded in', async () => {
    const { editor, project } = shared;
    mkdirSync(join(project.root, 'src/deep'), { recursive: true });
    const script = 'pwd; true';
    const words = ['--workspace', project.root, '--experiment', 'by hand', '--', 'sh', '-c', script];
    execFileSync(process.execPath, [cli, 'run', '--name', 'typed', ...words], { cwd: join(project.root, 'src/deep') });
    await editor.openView('Slipway');
    await editor.treeRow('typed').waitFor();
    await editor.runCommand('Slipway: Record a Run…');
    const first = editor.page.locator('.quick-input-list .monaco-list-row').first();
    await expect.poll(() => first.innerText()).toMatch(/pwd; true[\s\S]*by hand · src\/deep/);
    await editor.screenshot('record-before');
    await editor.page.keyboard.press('Enter');
    await stepOf(editor, 2);
    await editor.page.keyboard.press('Enter');
    await stepOf(editor, 3);
    await editor.answerInput('once more');
    await editor.treeRow('once more').waitFor();
    const run = JSON.parse(project.slipway('runs', 'show', 'once more', '--json'));
    expect(run).toMatchObject({
      command: ['sh', '-c', script],
      cwd: join(project.root, 'src/deep'),
      experiment_name: 'by hand',
    });
  });

  it('goes on while another is recorded, although one of the same words has ended', async () => {
    const { editor, project } = shared;
    writeFileSync(join(project.root, 'wait.sh'), waiting);
    await editor.openView('Slipway');
    const statusOf = (name: string): string => JSON.parse(project.slipway('runs', 'show', name, '--json')).status;
    await record(editor, 'sh wait.sh', { experiment: 'one', name: 'ends' });
    await editor
      .treeRow('ends')
      .getByText(/running/)
      .waitFor();
    await expect.poll(() => existsSync(join(project.root, 'began'))).toBe(true);
    await record(editor, 'sh wait.sh', { experiment: 'two', name: 'goes on' });
    await editor
      .treeRow('goes on')
      .getByText(/running/)
      .waitFor();
    writeFileSync(join(project.root, 'end-first'), '');
    await expect.poll(() => statusOf('ends')).toBe('FINISHED');
    await record(editor, 'echo done', { experiment: 'two', name: 'comes last' });
    await expect.poll(() => project.slipway('runs', 'list')).toContain('comes last');
    await expect.poll(() => statusOf('comes last')).toBe('FINISHED');
    writeFileSync(join(project.root, 'end-second'), '');
    await expect.poll(() => statusOf('goes on')).not.toBe('RUNNING');
    expect(statusOf('goes on')).toBe('FINISHED');
  });

  it('is written in tasks.json with params, tags and outputs, and typed words reach the command as they are', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.choose('Tasks: Run Task', 'train small');
    await editor.treeRow('small').waitFor();
    await expect.poll(() => JSON.parse(project.slipway('runs', 'show', 'small', '--json')).status).toBe('FINISHED');
    const run = JSON.parse(project.slipway('runs', 'show', 'small', '--json'));
    expect(run).toMatchObject({ params: { lr: '0.5' }, tags: { kind: 'nightly' }, command: task.command });
    expect(run.outputs[0]).toMatchObject({ path: 'out.txt', bytes: 'two words; $HOME'.length, written: true });
  });
});

async function record(editor: Editor, line: string, { experiment, name }: Record<'experiment' | 'name', string>) {
  await editor.runCommand('Slipway: Record a Run…');
  await editor.page.locator('.quick-input-title', { hasText: 'Record a Run' }).waitFor();
  await editor.answerList(line);
  await stepOf(editor, 2);
  await editor.answerList(experiment);
  await stepOf(editor, 3);
  await editor.answerInput(name);
}

async function stepOf(editor: Editor, step: number): Promise<void> {
  await editor.page.locator('.quick-input-title', { hasText: `Record a Run (${step}/3)` }).waitFor();
}

function python(): { python?: string } {
  const path = process.env.SLIPWAY_TEST_PYTHON_MLFLOW3;
  return path === undefined ? {} : { python: path };
}
