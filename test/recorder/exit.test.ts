// `slipway run` passes on how its command ended, and says in one sentence when it could not record at all.
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { slipway, temporaryFolder } from '../engine/engine-process';
import { keptWorkspace } from './recorded';

const theWorkspace = keptWorkspace();

describe('the exit code is the command’s own', () => {
  it.each([
    [['true'], 0, 'FINISHED'],
    [['sh', '-c', 'exit 3'], 3, 'FAILED'],
    [['sh', '-c', 'kill -TERM $$'], 143, 'KILLED'],
    [['sh', '-c', 'kill -SEGV $$'], 139, 'FAILED'],
  ])('%j ends with %i, %s', async (command, code, status) => {
    await using workspace = theWorkspace();
    expect((await workspace.record(['--', ...command])).code).toBe(code);
    expect((await workspace.run()).status).toBe(status);
  });

  it('a command that is not found is 127, one that may not be executed 126, both a failed run that says why', async () => {
    await using workspace = theWorkspace();
    writeFileSync(`${workspace.root}/data.txt`, 'x');
    const missing = await workspace.record(['--', 'no-such-command-here']);
    const locked = await workspace.record(['--', './data.txt']);
    expect([missing.code, locked.code]).toEqual([127, 126]);
    expect(missing.stderr).toContain('The command no-such-command-here was not found.');
    const [first = '', second = ''] = workspace.runIds;
    const runs = [await workspace.run(first), await workspace.run(second)];
    expect(runs.map((run) => [run.status, run.recording?.exitCode, run.recording?.lost])).toEqual([
      ['FAILED', null, 'The command no-such-command-here was not found.'],
      ['FAILED', null, 'The command ./data.txt may not be executed.'],
    ]);
  });
});

describe('--shown-as', () => {
  it('keeps the command that a wrapper stands for, and starts the wrapper', async () => {
    await using workspace = theWorkspace();
    const shown = ['python', 'train.py'];
    const ended = await workspace.record([
      '--shown-as',
      JSON.stringify(shown),
      '--',
      'sh',
      '-c',
      'echo wrapped; exit 5',
    ]);
    expect([ended.code, ended.stdout.trim()]).toEqual([5, 'wrapped']);
    const run = await workspace.run();
    expect(run.recording?.command).toEqual(shown);
    expect(run.tags.find(({ key }) => key === 'mlflow.source.name')?.value).toBe('train.py');
    expect((await workspace.record(['--shown-as', 'python train.py', '--', 'true'])).code).toBe(125);
  });
});

describe('--words', () => {
  it('is a whole command line in one word, for a caller that would change what looks like a variable', async () => {
    await using workspace = theWorkspace();
    const command = ['sh', '-c', 'for file in a b; do printf "%s " "$file"; done'];
    const words = JSON.stringify(['--param', 'lr=0.1', '--', ...command]).replaceAll('$', '\\u0024');
    expect((await workspace.record([`--words=${words}`])).stdout).toBe('a b ');
    const run = await workspace.run();
    expect(run.recording?.command).toEqual(command);
    expect(run.recording?.given).toEqual({ params: { lr: '0.1' }, tags: {} });
  });

  it.each([[['--words']], [['--words', '["true"]', 'more']], [['--words=true']]])('%j is refused', async (words) => {
    await using workspace = theWorkspace();
    const ended = await workspace.record(words);
    expect([ended.code, workspace.runIds]).toEqual([125, []]);
    expect(ended.stderr).toContain('--words is');
  });
});

describe('--json', () => {
  it('prints one object on stdout; what the command prints goes to stderr', async () => {
    await using workspace = theWorkspace();
    const ended = await workspace.record(['--json', '--', 'sh', '-c', 'echo out; echo err >&2; exit 4']);
    expect(JSON.parse(ended.stdout)).toEqual({ run_id: workspace.runId, status: 'FAILED', exit_code: 4 });
    expect(ended.stdout.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).toBe('out\nerr\n');
    expect(ended.code).toBe(4);
  });
});

describe('what Slipway itself cannot do is 125 and one sentence', () => {
  it.each([
    [[], 'No command was given'],
    [['--param', 'lr', '--', 'true'], 'KEY=VALUE'],
    [['--nonsense', '--', 'true'], 'There is no option --nonsense'],
    [['--name'], '--name needs a value'],
    [['--experiment', ' ', '--', 'true'], 'not empty'],
  ])('%j', async (words, sentence) => {
    await using workspace = theWorkspace();
    const ended = await workspace.record(words);
    expect(ended.code).toBe(125);
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(workspace.runIds).toEqual([]);
  });

  it('outside a workspace it names slipway init and runs nothing', async () => {
    const folder = temporaryFolder();
    const ended = await slipway(['run', '--', 'touch', 'ran'], { cwd: folder });
    expect(ended.code).toBe(125);
    expect(ended.stderr).toContain('slipway init');
    expect((await slipway(['run', '--workspace', `${folder}/none`, '--', 'true'], { cwd: folder })).code).toBe(125);
  });

  it('a workspace that cannot be written runs nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/slipway.yaml`, 'version: 1\n');
    mkdirSync(`${folder}/.slipway`);
    writeFileSync(`${folder}/.slipway/runs`, 'in the way');
    const ended = await slipway(['run', '--', 'echo', 'ran'], { cwd: folder });
    expect(ended.code).toBe(125);
    expect(ended.stderr).toContain('cannot be written');
    expect(ended.stdout).toBe('');
  });
});

describe('what was asked is kept', () => {
  it('experiment, name, params, tags, command and the standard tags', async () => {
    await using workspace = theWorkspace();
    const asked = [
      '--experiment',
      'flights',
      '--name',
      'first',
      '--param',
      'lr=0.1',
      '--param',
      'note=a=b',
      '--tag=k=v',
    ];
    await workspace.record([...asked, '--', 'python3', 'missing.py', '--deep']);
    const run = await workspace.run();
    expect([run.experimentName, run.name, run.status, run.recorded]).toEqual(['flights', 'first', 'FAILED', true]);
    expect(run.params).toEqual([
      { key: 'lr', value: '0.1' },
      { key: 'note', value: 'a=b' },
    ]);
    const tags = new Map(run.tags.map(({ key, value }) => [key, value]));
    expect(tags.get('k')).toBe('v');
    expect(tags.get('mlflow.source.name')).toBe('missing.py');
    expect(tags.get('mlflow.source.type')).toBe('LOCAL');
    expect(tags.get('mlflow.user')).toBe(run.userId);
    expect(run.recording?.command).toEqual(['python3', 'missing.py', '--deep']);
    expect(run.recording?.cwd).toBe(workspace.root);
  });

  it('what cannot be kept is said, and the run is recorded all the same', async () => {
    await using workspace = theWorkspace();
    await workspace.startEngine();
    const old = await fetch(`${workspace.client.address.url}/api/2.0/mlflow/experiments/create`, {
      method: 'POST',
      headers: { ...workspace.client.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'gone' }),
    });
    const { experiment_id } = (await old.json()) as { experiment_id: string };
    const removed = await fetch(`${workspace.client.address.url}/api/2.0/mlflow/experiments/delete`, {
      method: 'POST',
      headers: { ...workspace.client.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_id }),
    });
    expect([old.status, removed.status]).toEqual([200, 200]);
    const asked = ['--experiment', 'gone', '--param', 'a=1', '--param', 'b?=3'];
    expect((await workspace.record([...asked, '--', 'true'])).code).toBe(0);
    const run = await workspace.run();
    expect(run.params).toEqual([{ key: 'a', value: '1' }]);
    const problems = run.recording?.problems.join('\n') ?? '';
    expect(problems).toContain('The param b? was left out');
    expect(run.experimentName).toBe('Default');
    expect(problems).toContain('The experiment gone could not be used');
  });

  it('a value longer than may be kept is cut, and the run says so', async () => {
    await using workspace = theWorkspace();
    const [long, note] = ['x'.repeat(6001), 'y'.repeat(8001)];
    await workspace.record(['--param', `data=${long}`, '--tag', `note=${note}`, '--', 'true', 'z'.repeat(9000)]);
    const run = await workspace.run();
    expect(run.params).toEqual([{ key: 'data', value: long.slice(1) }]);
    expect(run.recording?.problems).toEqual([
      'The value of the param data has 6,001 characters; the first 6,000 were kept.',
      'The value of the tag note has 8,001 characters; the first 8,000 were kept.',
    ]);
  });

  it('a param given twice is refused by its name before anything runs', async () => {
    await using workspace = theWorkspace();
    const { code, stdout, stderr } = await workspace.record(['--param', 'a=1', '--param', 'a=2', '--', 'echo', 'ran']);
    expect([code, stdout]).toEqual([125, '']);
    expect(stderr).toBe('slipway: The param a was given twice: 1 and 2. Give it once.\n');
    expect(workspace.runIds).toEqual([]);
  });

  it('a command without --, and a run inside a run', async () => {
    await using workspace = theWorkspace();
    const { node, cli } = await import('../engine/engine-process');
    expect((await workspace.record(['--name', 'outer', node, cli, 'run', '--name', 'inner', 'true'])).code).toBe(0);
    const runs = await Promise.all(workspace.runIds.map((id) => workspace.run(id)));
    const outer = runs.find((run) => run.name === 'outer');
    const inner = runs.find((run) => run.name === 'inner');
    expect(inner?.tags).toContainEqual({ key: 'mlflow.parentRunId', value: outer?.runId });
  });
});

it('a clock that is put back while the command runs takes nothing from its duration', async () => {
  await using workspace = theWorkspace();
  await workspace.startEngine();
  const clock = `${workspace.root}/clock.cjs`;
  writeFileSync(clock, 'const { now } = Date; Date.now = () => now() - (process.uptime() > 0.7 ? 3_600_000 : 0);');
  const env = { NODE_OPTIONS: `--require=${clock}` };
  expect((await workspace.record(['--', 'sleep', '1.5'], { env })).code).toBe(0);
  const { startTime, endTime } = await workspace.run();
  expect((endTime ?? 0) - startTime).toBeGreaterThan(1400);
  expect((endTime ?? 0) - startTime).toBeLessThan(60_000);
});
