// What a command prints is shown as it comes and kept whole and in order.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli, node } from '../engine/engine-process';
import { keptWorkspace, until } from './recorded';

const theWorkspace = keptWorkspace();

describe('output', () => {
  it('keeps the order of both streams exactly when they are shown in one place', async () => {
    await using workspace = theWorkspace();
    const shown = `${workspace.root}/shown.log`;
    const target = openSync(shown, 'a');
    const script = 'for i in $(seq 200); do echo out $i; echo err $i >&2; done';
    const child = spawn(node, [cli, 'run', '--', 'sh', '-c', script], {
      cwd: workspace.root,
      stdio: ['ignore', target, target],
    });
    await new Promise((resolve) => child.once('close', resolve));
    const wanted = Array.from({ length: 200 }, (_, i) => `out ${i + 1}\nerr ${i + 1}\n`).join('');
    expect(workspace.file('output.log')).toBe(wanted);
    expect(readFileSync(shown, 'utf8')).toBe(wanted);
  });

  it('shows each stream in its own place, and joins them in the order they were written', async () => {
    await using workspace = theWorkspace();
    const program =
      'import sys, time\nfor i in range(30):\n print("out", i); sys.stdout.flush(); time.sleep(0.01)\n print("err", i, file=sys.stderr); time.sleep(0.01)';
    const ended = await workspace.python(program);
    const lines = (name: string): string => Array.from({ length: 30 }, (_, i) => `${name} ${i}\n`).join('');
    expect([ended.stdout, ended.stderr]).toEqual([lines('out'), lines('err')]);
    const joined = workspace.file('output.log').trim().split('\n');
    expect([...joined].sort()).toEqual([...(lines('out') + lines('err')).trim().split('\n')].sort());
    expect(joined.indexOf('err 0')).toBeLessThan(joined.indexOf('out 2'));
    expect(joined.indexOf('out 20')).toBeLessThan(joined.indexOf('err 22'));
    expect(joined.filter((line, at) => line !== `${at % 2 ? 'err' : 'out'} ${Math.floor(at / 2)}`).length).toBeLessThan(
      8,
    );
  });

  it('joins a short burst of both streams exactly', async () => {
    await using workspace = theWorkspace();
    await workspace.record(['--', 'sh', '-c', 'echo a; echo b >&2; echo c; echo d >&2']);
    expect(workspace.file('output.log')).toBe('a\nb\nc\nd\n');
  });

  it('shows a progress bar while it moves', async () => {
    await using workspace = theWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', 'printf "10%%\\r"; sleep 5; printf "100%%\\r\\n"']);
    await until(() => recording.shown().includes('10%'), 4000);
    expect(recording.process.exitCode).toBeNull();
    recording.process.kill('SIGTERM');
    await recording.ended;
    expect(workspace.file('output.log')).toContain('10%\r');
  });

  it('carries bytes that are no text, and characters cut in two writes', async () => {
    await using workspace = theWorkspace();
    const program =
      'import os, time\nos.write(1, b"\\xc3"); time.sleep(0.4); os.write(1, b"\\xa9\\n"); os.write(1, bytes(range(256)))';
    expect((await workspace.python(program)).code).toBe(0);
    const kept = readFileSync(`${workspace.root}/.slipway/runs/${workspace.runId}/output.log`);
    expect(kept).toEqual(Buffer.concat([Buffer.from('é\n'), Buffer.from(Array.from({ length: 256 }, (_, i) => i))]));
  });

  it('takes 300 MB without keeping them in memory', async () => {
    await using workspace = theWorkspace();
    const sink = openSync('/dev/null', 'w');
    const child = spawn(node, [cli, 'run', '--', 'sh', '-c', 'head -c 300000000 /dev/zero; sleep 1'], {
      cwd: workspace.root,
      stdio: ['ignore', sink, 'ignore'],
    });
    let most = 0;
    const look = setInterval(() => {
      const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' });
      most = Math.max(most, Number(stdout));
    }, 50);
    child.once('exit', () => clearInterval(look));
    await new Promise((resolve) => child.once('close', resolve));
    expect((await workspace.run()).recording?.outputBytes).toBe(300_000_000);
    expect(most / 1024).toBeGreaterThan(20);
    expect(most / 1024).toBeLessThan(160);
  });

  it.each([
    ['a shell', ['sh', '-c', 'while :; do echo line; sleep 0.01; done'], 'SIGPIPE'],
    // A file of its own may hold 2 GiB: should nobody end it, the command is ended by another signal.
    ['a gigabyte a second', ['sh', '-c', 'ulimit -f 4194304; exec yes'], 'SIGPIPE'],
    ['Python', ['python3', '-c', 'import time\nwhile True: print("line"); time.sleep(0.01)'], 'SIGTERM'],
  ])('ends, as any command does, when the pipe it is shown in has no reader: %s', async (_name, command, signal) => {
    await using workspace = theWorkspace();
    const shell = spawn('sh', ['-c', '"$0" "$@" | head -n 1', node, cli, 'run', '--', ...command], {
      cwd: workspace.root,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    await new Promise((resolve) => shell.once('close', resolve));
    await until(() => workspace.file('exit.json') !== '');
    expect(JSON.parse(workspace.file('exit.json'))).toMatchObject({ signal, status: 'KILLED' });
  });

  it('is left to the engine when somebody stops a recorder that still reads what was printed', async () => {
    await using workspace = theWorkspace();
    // Lines that look like metrics until they are parsed take the recorder seconds.
    const script = 'yes \'{"step"\' | head -n 400000; echo \'{"step": 7, "late": 1}\'; touch ended';
    const sink = openSync('/dev/null', 'w');
    const child = spawn(node, [cli, 'run', '--', 'sh', '-c', script], {
      cwd: workspace.root,
      stdio: ['ignore', sink, 'ignore'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await until(() => existsSync(`${workspace.root}/ended`));
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    const stopped = JSON.parse(workspace.file('exit.json')) as { status: string; outputTaken: boolean };
    expect(stopped).toMatchObject({ status: 'FINISHED', outputTaken: false });
    await until(async () => (await workspace.points('late')).length === 1, 60_000);
    await until(async () => (await workspace.run()).recording?.outputBytes === 3_200_023, 60_000);
    expect((await workspace.run()).state).toBe('finished');
  });

  it('goes on when the program that started it has gone', async () => {
    await using workspace = theWorkspace();
    const script = 'for i in 1 2 3 4 5; do echo line $i; sleep 0.2; done; exit 6';
    const recording = workspace.start(['--', 'sh', '-c', script]);
    await until(() => recording.shown().includes('line 1'));
    recording.process.stdout?.destroy();
    expect((await recording.ended).code).toBe(6);
    expect(workspace.file('output.log')).toContain('line 5');
  });

  it('can be read live through the engine', async () => {
    await using workspace = theWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', 'echo early; sleep 3']);
    await until(() => recording.shown().includes('early'));
    const piece = await workspace.client.api.output.read.query({ runId: workspace.runId });
    expect(piece.text).toBe('early\n');
    expect((await workspace.run()).state).toBe('running');
    await recording.ended;
  });

  it('hands the command its own stdin', async () => {
    await using workspace = theWorkspace();
    const source = `${workspace.root}/in.txt`;
    writeFileSync(source, 'hello\n');
    const child = spawn(node, [cli, 'run', '--', 'cat'], {
      cwd: workspace.root,
      stdio: [openSync(source, 'r'), 'ignore', 'ignore'],
    });
    await new Promise((resolve) => child.once('close', resolve));
    expect(workspace.file('output.log')).toBe('hello\n');
  });
});
