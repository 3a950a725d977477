// Debugging a training script records a run; debugging anything else does not.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openFile } from './open-file';
import { Project } from './project';
import { pythonDebugger } from './python-debugger';
import { sharedWindow } from './shared-window';

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

/** Files to debug, and a launch configuration for each. */
function debuggedProject(options: { initialize?: boolean } = {}): Project {
  const project = Project.create(options);
  mkdirSync(join(project.root, '.vscode'));
  const configurations = Object.entries({ training, plain, endless }).map(([name, text]) => {
    writeFileSync(join(project.root, `${name}.py`), text);
    return {
      ...{ type: 'debugpy', request: 'launch', name, python: 'python3', console: 'internalConsole' },
      ...{ program: join(project.root, `${name}.py`), cwd: project.root, args: ['10'] },
    };
  });
  // What Debug & Record marks its launches with.
  const asked = configurations.map((each) => ({ ...each, name: 'asked', slipwayRecord: true })).slice(0, 1);
  writeFileSync(
    join(project.root, '.vscode/launch.json'),
    JSON.stringify({ version: '0.2.0', configurations: [...configurations, ...asked] }),
  );
  return project;
}

async function debug(editor: Editor, configuration: string): Promise<void> {
  await editor.choose('Debug: Select and Start Debugging', configuration);
}

describe('debugging a Python file', () => {
  const debuggers = pythonDebugger();
  const shared = sharedWindow(
    () => debuggedProject(),
    () => ({ extensions: debuggers.folder }),
  );
  afterAll(() => debuggers[Symbol.dispose]());

  it('records a run when it trains, and otherwise only says where to log', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor();
    await debug(editor, 'training');
    await editor.treeRow('failed').waitFor();
    await editor.screenshot('debug-recorded');
    const [run] = runs(project);
    expect(run).toMatchObject({
      metrics: { roc_auc: 0.75 },
      tags: { 'mlflow.source.name': join(project.root, 'training.py') },
    });
    const shown = JSON.parse(project.slipway('runs', 'show', run?.run_id ?? '', '--json'));
    expect(shown).toMatchObject({ command: ['python3', join(project.root, 'training.py'), '10'], exit_code: 3 });

    await debug(editor, 'plain');
    const written = () => readFileSync(join(project.root, 'plain.txt'), { encoding: 'utf8', flag: 'a+' });
    await expect.poll(written).toMatch(/^http:\/\/127\.0\.0\.1:\d+\|none$/);
    expect(runs(project)).toHaveLength(1);

    // What was recorded before is recorded again.
    project.slipway('run', '--', 'python3', 'plain.py');
    await debug(editor, 'plain');
    await expect.poll(() => runs(project).length).toBe(3);
    await expect.poll(() => runs(project)[0]?.status).toBe('FINISHED');
  });

  it('leaves a run that was stopped, not one whose recorder is missed, when the debugger is stopped', async () => {
    const { editor, project } = shared;
    await debug(editor, 'endless');
    await editor.treeRow(/running · /).waitFor();
    // Not before it trains: what was killed at its start has nothing to keep.
    const [started] = runs(project);
    const output = join(project.root, '.slipway/runs', started?.run_id ?? '', 'output.log');
    await expect.poll(() => readFileSync(output, 'utf8')).toContain('training');

    await editor.runCommand('Debug: Stop');
    await editor.treeRow(/stopped · /).waitFor();
    const shown = JSON.parse(project.slipway('runs', 'show', started?.run_id ?? '', '--json'));
    expect(shown).toMatchObject({ status: 'KILLED', lost: null, signal: 'SIGKILL' });
  });

  it('records what the lens stands above, and says what is missing in an editor without a debugger', async () => {
    const { editor, project } = shared;
    const before = runs(project).length;
    await openFile(editor, 'training.py');
    await editor.page.locator('.codelens-decoration a', { hasText: 'Debug & Record' }).click();
    await expect.poll(() => runs(project)[0]?.status).toBe('FAILED');
    expect(runs(project)).toHaveLength(before + 1);

    await using bare = await Editor.open({ folder: project.root });
    await openFile(bare, 'training.py');
    await bare.page.locator('.codelens-decoration a', { hasText: 'Debug & Record' }).click();
    await expect
      .poll(() => bare.notifications())
      .toEqual(['This editor has no debugger for Python. Install the Python Debugger extension, then try again.']);
    expect(runs(project)).toHaveLength(before + 1);
  });

  it('records while no engine answers, and says so when what was to be recorded is not', async () => {
    await using project = debuggedProject({ initialize: false });
    await using editor = await Editor.open({ folder: project.root, extensions: debuggers.folder });
    await editor.openView('Slipway');
    await editor.page.getByText('Slipway keeps the runs of this folder').waitFor();
    await debug(editor, 'asked');
    const told = editor.page.locator('.notification-toast', { hasText: 'asked is debugged, but not recorded.' });
    await told.getByRole('button', { name: 'Initialize Workspace' }).waitFor();
    await editor.screenshot('debug-not-recorded');

    // No engine can start where its database is a folder.
    mkdirSync(join(project.root, '.slipway/slipway.db/in-the-way'), { recursive: true });
    await editor.page.getByText('Slipway keeps the runs of this folder').waitFor({ state: 'hidden' });
    await debug(editor, 'training');
    const kept = () => readdirSync(join(project.root, '.slipway'), { recursive: true }).map(String);
    await expect
      .poll(kept)
      .toEqual(expect.arrayContaining([expect.stringMatching(/^inbox\/./), expect.stringMatching(/exit\.json$/)]));
  });
});

function runs(project: Project): { run_id: string; status: string }[] {
  return JSON.parse(project.slipway('runs', 'list', '--json')).items;
}
