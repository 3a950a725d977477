// What a run used: code, environment, inputs, outputs, machine.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { slipway } from '../engine/engine-process';
import { RecordedWorkspace } from './recorded';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

function git(folder: string, ...words: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...words], { cwd: folder, encoding: 'utf8' }).trim();
}

/** Each of these once changed, lost or renamed what was recorded. */
const habits = {
  'diff.relative': 'true',
  'diff.mnemonicPrefix': 'true',
  'diff.noprefix': 'true',
  'diff.orderFile': '/nowhere/order',
  'diff.context': '0',
  'diff.renames': 'false',
  'diff.suppressBlankEmpty': 'true',
  'core.quotePath': 'true',
  'color.ui': 'always',
};

describe('code', () => {
  it('names commit, branch, subject, the dirty diff of the start, and untracked files', async () => {
    await using workspace = new RecordedWorkspace();
    const { root } = workspace;
    git(root, 'init', '-q', '-b', 'main');
    writeFileSync(`${root}/train.py`, 'lr = 1\n');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'First model');
    writeFileSync(`${root}/train.py`, 'lr = 2\n');
    writeFileSync(`${root}/naïve.txt`, 'new');
    await workspace.record(['--', 'sh', '-c', 'sleep 1; echo "lr = 3" > train.py; echo > later.txt']);
    const run = await workspace.run();
    const state = run.recording?.git;
    expect(state).toMatchObject({
      commit: git(root, 'rev-parse', 'HEAD'),
      branch: 'main',
      subject: 'First model',
      dirty: true,
      diffTruncated: false,
      untracked: ['naïve.txt'],
      problem: null,
    });
    expect(state?.changes).toEqual([{ path: 'train.py', added: 1, removed: 1 }]);
    expect(await workspace.diff()).toContain('-lr = 1\n+lr = 2');
    expect(run.tags).toContainEqual({ key: 'mlflow.source.git.commit', value: state?.commit });
  });

  it('says why it is unknown: no repository, no commit', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.record(['--', 'true']);
    expect((await workspace.run()).recording?.git?.problem).toBe('The working folder is not in a git repository.');
    git(workspace.root, 'init', '-q', '-b', 'trunk');
    await workspace.record(['--', 'true']);
    const state = (await workspace.run(workspace.runIds[1])).recording?.git;
    expect(state).toMatchObject({ commit: null, branch: 'trunk', problem: 'The git repository has no commit yet.' });
  });

  it('says so when git itself is missing', async () => {
    await using workspace = new RecordedWorkspace();
    git(workspace.root, 'init', '-q');
    mkdirSync(`${workspace.root}/bin`);
    const ended = await workspace.record(['--', '/bin/true'], { env: { PATH: `${workspace.root}/bin` } });
    expect(ended.code).toBe(0);
    expect((await workspace.run()).recording?.git?.problem).toContain('git could not be run');
  });

  it('keeps a huge diff to a bound, says so, and still counts every line of every file', async () => {
    await using workspace = new RecordedWorkspace();
    const { root } = workspace;
    git(root, 'init', '-q');
    writeFileSync(`${root}/big.txt`, 'a\n');
    writeFileSync(`${root}/later.txt`, 'a\n');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'x');
    appendFileSync(`${root}/big.txt`, 'line of text\n'.repeat(600_000));
    appendFileSync(`${root}/later.txt`, 'b\n');
    await workspace.record(['--', 'true']);
    const state = (await workspace.run()).recording?.git;
    expect(state).toMatchObject({ diffTruncated: true, dirty: true });
    expect(state?.changes).toEqual([
      { path: 'big.txt', added: 600_000, removed: 0 },
      { path: 'later.txt', added: 1, removed: 0 },
    ]);
    const diff = await workspace.diff();
    expect(diff.startsWith('diff --git a/big.txt b/big.txt\n')).toBe(true);
    expect(diff.length).toBeLessThan(5_000_000);
    const shown = await slipway(['runs', 'show', (await workspace.run()).runId], { cwd: root });
    expect(shown.stdout).toContain('The diff is longer than 4 MB and was cut; the counts are of all of it.');
  });

  it("are told alike whatever their user's git settings are", async () => {
    await using workspace = new RecordedWorkspace();
    const { root } = workspace;
    git(root, 'init', '-q', '-b', 'main');
    mkdirSync(`${root}/sub`);
    for (const path of ['code.py', 'sub/naïve.py', 'old.py']) writeFileSync(`${root}/${path}`, 'a\n\nb\nc\nd\n');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'x');
    git(root, 'mv', 'old.py', 'new.py');
    for (const path of ['code.py', 'sub/naïve.py']) writeFileSync(`${root}/${path}`, 'a\n\nB\nc\nd\n');
    for (const [name, value] of Object.entries(habits)) git(root, 'config', name, value);
    await workspace.record(['--', 'true'], { cwd: `${root}/sub`, env: { GIT_DIFF_OPTS: '-u0' } });
    expect((await workspace.run()).recording?.git).toMatchObject({
      problem: null,
      changes: [
        { path: 'code.py', added: 1, removed: 1 },
        { path: 'new.py', added: 0, removed: 0 },
        { path: 'sub/naïve.py', added: 1, removed: 1 },
      ],
    });
    expect(await workspace.diff()).toContain(
      '--- a/sub/naïve.py\n+++ b/sub/naïve.py\n@@ -1,5 +1,5 @@\n a\n \n-b\n+B\n c\n d\n',
    );
    expect(await workspace.changedFile('code.py')).toEqual({ before: 'a\n\nb\nc\nd\n', after: 'a\n\nB\nc\nd\n' });
  });

  it('names files as they are named, also with quotes, tabs, line ends and backslashes', async () => {
    await using workspace = new RecordedWorkspace();
    const { root } = workspace;
    git(root, 'init', '-q', '-b', 'main');
    const names = ['"quote".py', 'back\\slash.py', 'tab\tand\nend é.py', 'two  words .py', ' b/c.py'];
    mkdirSync(`${root}/ b`);
    for (const name of names) writeFileSync(`${root}/${name}`, 'a\n');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'x');
    for (const name of names) writeFileSync(`${root}/${name}`, 'b\n');
    await workspace.record(['--', 'true']);
    const changes = (await workspace.run()).recording?.git?.changes ?? [];
    expect(changes.map(({ path }) => path).sort()).toEqual([...names].sort());
    for (const name of names) expect(await workspace.changedFile(name)).toEqual({ before: 'a\n', after: 'b\n' });
  });
});

describe('environment', () => {
  it('lists the packages of the very interpreter the command uses', async () => {
    await using workspace = new RecordedWorkspace();
    const python = process.env.SLIPWAY_TEST_PYTHON_MLFLOW2 ?? 'python3';
    await workspace.record(['--', python, '-c', 'pass']);
    const wanted = execFileSync(python, ['-c', 'import sys; print(sys.executable, sys.version.split()[0])'], {
      encoding: 'utf8',
    });
    const environment = (await workspace.run()).recording?.environment;
    expect(`${environment?.interpreter} ${environment?.version}`).toBe(wanted.trim());
    expect(environment?.packages.map(({ name }) => name.toLowerCase())).toContain('pip');
    expect(environment?.problem).toBeNull();
  });

  it('says when the command is not Python, and when it cannot be found', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.record(['--', 'true']);
    expect((await workspace.run()).recording?.environment?.problem).toContain('true is not a Python command');
    await workspace.record(['--', 'nowhere-to-be-found']);
    const second = await workspace.run(workspace.runIds[1]);
    expect(second.recording?.environment?.problem).toContain('was not found');
  });

  it('says once on stderr what could not be written, and records the rest', async () => {
    await using workspace = new RecordedWorkspace();
    const block = 'mkdir "$(dirname "$SLIPWAY_METRICS")/environment.json.tmp"; echo ran';
    writeFileSync(`${workspace.root}/python3`, `#!/bin/sh\ncase "$*" in *metadata*) sleep 1;; *) ${block};; esac\n`, {
      mode: 0o755,
    });
    const ended = await workspace.record(['--', './python3', 'train.py']);
    expect([ended.code, ended.stdout]).toEqual([0, 'ran\n']);
    expect(ended.stderr.match(/environment\.json could not be written/g)).toHaveLength(1);
    const { status, recording } = await workspace.run();
    expect([status, recording?.environment, recording?.git?.commit]).toEqual(['FINISHED', null, null]);
  });

  it('does not wait for it before the command starts', async () => {
    await using workspace = new RecordedWorkspace();
    writeFileSync(
      `${workspace.root}/python3`,
      '#!/bin/sh\ncase "$*" in *metadata*) sleep 2;; *) date +%s%3N;; esac\n',
      {
        mode: 0o755,
      },
    );
    await workspace.startEngine();
    const before = Date.now();
    const ended = await workspace.record(['--', './python3', 'train.py']);
    expect(Number(ended.stdout) - before).toBeLessThan(1500);
    expect((await workspace.run()).recording?.environment?.problem).toContain('could not list its packages');
  });
});

describe('files', () => {
  it('hashes inputs as they were and outputs as they came out, files and folders, and says what is missing', async () => {
    await using workspace = new RecordedWorkspace();
    const { root } = workspace;
    writeFileSync(`${root}/in.csv`, 'a,b\n');
    mkdirSync(`${root}/parts/deep`, { recursive: true });
    writeFileSync(`${root}/parts/b.txt`, 'B');
    writeFileSync(`${root}/parts/deep/a.txt`, 'A');
    const asked = ['--input', 'in.csv', '--input', 'parts', '--output', 'out.txt'];
    await workspace.record([...asked, '--', 'sh', '-c', 'sleep 0.5; echo done > out.txt']);
    const folder = sha(`b.txt\0${sha('B')}\ndeep/a.txt\0${sha('A')}\n`);
    const { inputs, outputs } = (await workspace.run()).recording ?? {};
    expect(inputs).toEqual([
      { path: 'in.csv', sha256: sha('a,b\n'), bytes: 4, files: null, problem: null, written: null },
      { path: 'parts', sha256: folder, bytes: 2, files: 2, problem: null, written: null },
    ]);
    expect(outputs).toEqual([
      { path: 'out.txt', sha256: sha('done\n'), bytes: 5, files: null, problem: null, written: true },
    ]);
  });

  it('an input or output that is a pipe is refused and not read for ever; one in a folder is passed over', async () => {
    await using workspace = new RecordedWorkspace();
    const { root } = workspace;
    mkdirSync(`${root}/parts`);
    writeFileSync(`${root}/parts/a.txt`, 'A');
    execFileSync('mkfifo', ['pipe', 'parts/pipe'], { cwd: root });
    for (const option of ['--input', '--output']) {
      const { code, stderr } = await workspace.record([option, 'pipe', '--', 'touch', 'ran']);
      expect([code, stderr]).toEqual([125, expect.stringContaining('pipe is a device, a pipe or a socket')]);
    }
    expect(existsSync(`${root}/ran`)).toBe(false);
    const asked = ['--input', 'parts', '--output', 'made'];
    expect((await workspace.record([...asked, '--', 'mkfifo', 'made'])).code).toBe(0);
    const { inputs, outputs } = (await workspace.run()).recording ?? {};
    expect(inputs).toMatchObject([{ path: 'parts', files: 1, problem: null }]);
    expect(outputs).toMatchObject([{ path: 'made', sha256: null, problem: expect.stringContaining('a pipe') }]);
  });

  it('an output that the command left as it was is not shown as written by the run', async () => {
    await using workspace = new RecordedWorkspace();
    const { root } = workspace;
    for (const folder of ['kept', 'grown/deep']) mkdirSync(`${root}/${folder}`, { recursive: true });
    for (const name of ['old.txt', 'same.txt', 'kept/a.txt', 'grown/deep/a.txt']) writeFileSync(`${root}/${name}`, 'x');
    const asked = ['old.txt', 'same.txt', 'kept', 'grown', 'new.txt'].flatMap((path) => ['--output', path]);
    const command = 'cat old.txt kept/a.txt; printf x > same.txt; echo y > grown/deep/b.txt; echo z > new.txt';
    await workspace.record([...asked, '--', 'sh', '-c', command]);
    const outputs = (await workspace.run()).recording?.outputs ?? [];
    expect(outputs.map(({ path, written }) => [path, written])).toEqual([
      ['old.txt', false],
      ['same.txt', true],
      ['kept', false],
      ['grown', true],
      ['new.txt', true],
    ]);
    const { stdout } = await slipway(['runs', 'show', workspace.runId], { cwd: root });
    expect(stdout).toMatch(/Output +old\.txt +sha256 \S+ +\(not written by this run\)\n/);
    expect(stdout).toMatch(/Output +same\.txt +sha256 \S+\n/);
  });
});

describe('machine', () => {
  it('is named, and the CPU and memory of the whole process tree are sampled', async () => {
    await using workspace = new RecordedWorkspace();
    const busy = 'import time; x = bytearray(200_000_000); end = time.time() + 2.5\nwhile time.time() < end: pass';
    await workspace.record(['--', 'sh', '-c', `python3 -c '${busy}'; true`]);
    const run = await workspace.run();
    expect(run.recording?.host).toMatchObject({ hostname: hostname(), platform: process.platform });
    const cpu = await workspace.points('system/cpu_percent');
    const memory = await workspace.points('system/memory_megabytes');
    expect(cpu.map(({ step }) => step)).toEqual(cpu.map((_, at) => at));
    expect(cpu.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...cpu.map(({ value }) => Number(value)))).toBeGreaterThan(15);
    expect(Math.max(...memory.map(({ value }) => Number(value)))).toBeGreaterThan(190);
  });

  // What ends in between is seen like one whose first thread has ended: it is listed, and has no memory any more.
  it.runIf(process.platform === 'linux')(
    'is not sampled while the command is ending: a run that used 10 MB did not use 0 B',
    async () => {
      await using workspace = new RecordedWorkspace();
      await workspace.python(
        'import ctypes, threading, time\nthreading.Thread(target=time.sleep, args=(3.5,)).start()\ntime.sleep(1)\nctypes.CDLL(None).pthread_exit(None)',
      );
      const memory = await workspace.points('system/memory_megabytes');
      expect(memory.length).toBeGreaterThan(0);
      expect(memory.map(({ value }) => value)).not.toContain(0);
    },
  );
});
