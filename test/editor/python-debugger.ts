// A debugger for Python that only starts and ends: what it is handed is what the real one is handed, and it starts the
// interpreter with its arguments and variables the way that one does. Needs no Python.
import { ExtraExtension } from './extra-extension';

const adapter = `
const { spawn } = require('node:child_process');
let sequence = 0;
let child;
const send = (message) => {
  const text = JSON.stringify({ seq: ++sequence, ...message });
  process.stdout.write('Content-Length: ' + Buffer.byteLength(text) + '\\r\\n\\r\\n' + text);
};
const event = (name, body) => send({ type: 'event', event: name, body });
const output = (category) => (data) => event('output', { category, output: String(data) });
function launch(config) {
  // The real one refuses a list, and starts a launcher of its own with it.
  if (typeof (config.debugLauncherPython ?? '') !== 'string') throw new Error('debugLauncherPython must be str');
  if (Array.isArray(config.python) && !config.debugLauncherPython) throw new Error('The launcher is no Python.');
  const words = [].concat(config.python, config.program, config.args ?? []);
  const options = { cwd: config.cwd, env: { ...process.env, ...config.env }, detached: true };
  child = spawn(words[0], words.slice(1), options);
  child.stdout.on('data', output('stdout'));
  child.stderr.on('data', output('stderr'));
  child.on('exit', (exitCode) => { event('exited', { exitCode: exitCode ?? 247 }); event('terminated'); });
}
const end = () => { try { process.kill(-child.pid, 'SIGKILL'); } catch {} };
let pending = Buffer.alloc(0);
process.stdin.on('data', (data) => {
  pending = Buffer.concat([pending, data]);
  for (;;) {
    const head = pending.indexOf('\\r\\n\\r\\n');
    if (head < 0) return;
    const size = Number(/Length: (\\d+)/.exec(pending.subarray(0, head))[1]);
    if (pending.length < head + 4 + size) return;
    const { seq, command, arguments: given } = JSON.parse(pending.subarray(head + 4, head + 4 + size));
    pending = pending.subarray(head + 4 + size);
    const body = command === 'initialize' ? { supportsTerminateRequest: true } : command === 'threads' ? { threads: [] } : {};
    send({ type: 'response', request_seq: seq, success: true, command, body });
    if (command === 'initialize') event('initialized');
    if (command === 'launch') launch(given);
    if (command === 'terminate' || command === 'disconnect') end();
  }
});
`;

/** Installs it under the type `debugpy`. */
export function pythonDebugger(): ExtraExtension {
  const debuggers = [
    { type: 'debugpy', label: 'Python', languages: ['python'], program: './adapter.js', runtime: 'node' },
  ];
  return new ExtraExtension({
    manifest: {
      name: 'debugpy',
      publisher: 'slipway-test',
      version: '1.0.0',
      engines: { vscode: '^1.101.0' },
      contributes: { debuggers, breakpoints: [{ language: 'python' }] },
    },
    files: { 'adapter.js': adapter },
  });
}
