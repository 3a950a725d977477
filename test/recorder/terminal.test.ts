// Ctrl-C in a terminal reaches recorder and command alike; `kill` reaches the recorder alone.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli, node } from '../engine/engine-process';
import { RecordedWorkspace, until } from './recorded';

// Runs a command in a terminal of its own, with stdin from a file, and types what it reads into that terminal.
const terminal = `
import os, pty, sys, threading
pid, master = pty.fork()
if pid == 0:
    os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
    os.execv(sys.argv[1], sys.argv[1:])
print(pid, flush=True)
def type():
    while True:
        keys = os.read(0, 100)
        if not keys: return
        os.write(master, keys)
threading.Thread(target=type, daemon=True).start()
try:
    while shown := os.read(master, 1000):
        sys.stdout.buffer.write(shown)
        sys.stdout.flush()
except OSError:
    pass
`;

// Counts the signals it gets and ends by itself.
const counting = `
import signal, time
count = 0
def hear(*_):
    global count
    count += 1
signal.signal(signal.SIGINT, hear)
print("ready", flush=True)
end = time.monotonic() + 30
while time.monotonic() < end and count == 0: time.sleep(0.05)
end = time.monotonic() + 1
while time.monotonic() < end: time.sleep(0.05)
print("signals", count, flush=True)
`;

function inTerminal(workspace: RecordedWorkspace, command: readonly string[]) {
  const program = `${workspace.root}/terminal.py`;
  writeFileSync(program, terminal);
  const child = spawn('python3', [program, node, cli, 'run', '--', ...command], {
    cwd: workspace.root,
    env: { ...process.env, SLIPWAY_RUN_ID: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    type: (keys: string) => child.stdin.write(keys),
    recorder: () => Number.parseInt(said, 10),
    said: () => said,
    ended,
  };
}

describe.runIf(process.platform === 'linux')('in a terminal, with stdin redirected', () => {
  it('Ctrl-C comes to the command once, not twice', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    writeFileSync(`${workspace.root}/count.py`, counting);
    const shown = inTerminal(workspace, ['python3', 'count.py']);
    await until(() => workspace.runIds.length === 1 && workspace.file('output.log').includes('ready'));
    shown.type('\x03');
    await shown.ended;
    expect(workspace.file('output.log')).toContain('signals 1');
  });

  it('kill -INT of the recorder from elsewhere ends a command that does not handle it', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    const shown = inTerminal(workspace, ['sh', '-c', 'echo ready; exec sleep 60']);
    await until(() => workspace.runIds.length === 1 && workspace.file('output.log').includes('ready'));
    process.kill(shown.recorder(), 'SIGINT');
    await shown.ended;
    await until(() => workspace.file('exit.json') !== '');
    expect(JSON.parse(workspace.file('exit.json'))).toMatchObject({ signal: 'SIGINT', status: 'KILLED' });
    // In the word that the editor has for it.
    expect(shown.said()).toMatch(/slipway: run [0-9a-f]{8} stopped\. `slipway runs show/);
  });
});
