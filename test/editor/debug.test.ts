// Debugging a training script records a run; debugging anything else does not.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openFile } from './open-file';
import { Project } from './project';
import { pythonDebugger } from './python-debugger';

const training = `import os, sys

def train(steps):
    with open(os.environ["SLIPWAY_METRICS"], "a") as metrics:
        metrics.write('{"step": 1, "roc_auc": 0.75}\\n')
    print("trained with", steps)

if __name__ == "__main__":
    train(sys.argv[1:])
    sys.exit(3)
`;
const endless = `import os, time

if __name__ == "__main__":
    print("training into", os.environ["SLIPWAY_METRICS"], flush=True)
    time.sleep(600)
`;
const plain = `import os
open("plain.txt", "w").write(os.environ.get("MLFLOW_TRACKING_URI", "none") + "|" + os.environ.get("SLIPWAY_RUN_ID", "none"))
`;

describe('debugging a Python file', () => {
  it('records a run when it trains, and otherwise only says where to log', async () => {
    await using project = Project.create();
    writeFileSync(join(project.root, 'train.py'), training);
    writeFileSync(join(project.root, 'plain.py'), plain);
    mkdirSync(join(project.root, '.vscode'));
    const configurations = ['train', 'plain'].map((name) => ({
      ...{ type: 'debugpy', request: 'launch', name, python: 'python3', console: 'internalConsole' },
      ...{ program: join(project.root, `${name}.py`), cwd: project.root, args: ['10'] },
    }));
    writeFileSync(join(project.root, '.vscode/launch.json'), JSON.stringify({ version: '0.2.0', configurations }));
    using debuggers = pythonDebugger();
    await using editor = await Editor.open({ folder: project.root, extensions: debuggers.folder });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });

    await editor.runCommand('Debug: Select and Start Debugging');
    await editor.quickPickRow('train').click();
    await editor.treeRow('failed').waitFor({ timeout: 30_000 });
    await editor.screenshot('debug-recorded');
    const [run] = runs(project);
    expect(run).toMatchObject({
      metrics: { roc_auc: 0.75 },
      tags: { 'mlflow.source.name': join(project.root, 'train.py') },
    });
    const shown = JSON.parse(project.slipway('runs', 'show', run?.run_id ?? '', '--json'));
    expect(shown).toMatchObject({ command: ['python3', join(project.root, 'train.py'), '10'], exit_code: 3 });

    await editor.runCommand('Debug: Select and Start Debugging');
    await editor.quickPickRow('plain').click();
    const written = () => readFileSync(join(project.root, 'plain.txt'), { encoding: 'utf8', flag: 'a+' });
    await expect.poll(written, { timeout: 20_000 }).toMatch(/^http:\/\/127\.0\.0\.1:\d+\|none$/);
    expect(runs(project)).toHaveLength(1);
  });
});

describe('stopping the debugger', () => {
  it('leaves a run that was stopped, not one whose recorder is missed', async () => {
    await using project = Project.create();
    writeFileSync(join(project.root, 'train.py'), endless);
    mkdirSync(join(project.root, '.vscode'));
    const configuration = {
      ...{ type: 'debugpy', request: 'launch', name: 'train', python: 'python3', console: 'internalConsole' },
      ...{ program: join(project.root, 'train.py'), cwd: project.root },
    };
    const launch = JSON.stringify({ version: '0.2.0', configurations: [configuration] });
    writeFileSync(join(project.root, '.vscode/launch.json'), launch);
    using debuggers = pythonDebugger();
    await using editor = await Editor.open({ folder: project.root, extensions: debuggers.folder });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });
    await editor.runCommand('Debug: Select and Start Debugging');
    await editor.quickPickRow('train').click();
    await editor.treeRow(/running · /).waitFor({ timeout: 30_000 });
    // Not before it trains: what was killed at its start has nothing to keep.
    const [started] = runs(project);
    const output = join(project.root, '.slipway/runs', started?.run_id ?? '', 'output.log');
    await expect.poll(() => readFileSync(output, 'utf8'), { timeout: 20_000 }).toContain('training');

    await editor.runCommand('Debug: Stop');
    await editor.treeRow(/stopped · /).waitFor({ timeout: 20_000 });
    const shown = JSON.parse(project.slipway('runs', 'show', started?.run_id ?? '', '--json'));
    expect(shown).toMatchObject({ status: 'KILLED', lost: null, signal: 'SIGKILL' });
  });
});

describe('Debug & Record', () => {
  it('records what its lens stands above, and says what is missing in an editor without a debugger', async () => {
    await using project = Project.create();
    writeFileSync(join(project.root, 'train.py'), training);
    using debuggers = pythonDebugger();
    await using editor = await Editor.open({ folder: project.root, extensions: debuggers.folder });
    await openFile(editor, 'train.py');
    await editor.page.locator('.codelens-decoration a', { hasText: 'Debug & Record' }).click();
    await expect.poll(() => runs(project).map((run) => run.status), { timeout: 30_000 }).toEqual(['FAILED']);

    await using bare = await Editor.open({ folder: project.root });
    await openFile(bare, 'train.py');
    await bare.page.locator('.codelens-decoration a', { hasText: 'Debug & Record' }).click();
    await expect
      .poll(() => bare.notifications(), { timeout: 20_000 })
      .toEqual(['This editor has no debugger for Python. Install the Python Debugger extension, then try again.']);
    expect(runs(project)).toHaveLength(1);
  });
});

function runs(project: Project): { run_id: string; status: string }[] {
  return JSON.parse(project.slipway('runs', 'list', '--json')).items;
}
