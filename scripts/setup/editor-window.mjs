// Opens a folder in VS Code with the packaged extension: the user's own when there is one, else one in the browser.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cacheRoot } from './cache.mjs';
import { ensureEditor, findEditor } from './editor.mjs';
import { findProgram, run, StepError } from './shell.mjs';
import { step } from './steps.mjs';

const usualPort = 8484;
const firstSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'remote.autoForwardPorts': false,
};

/**
 * Opens `folder` with the extension of `vsix`. With `code` returns true at once: the window lives on. In the browser
 * returns false when the editor has been stopped.
 */
export async function openEditor(folder, vsix) {
  const code = findProgram('code');
  if (!code) return serveEditor(folder, vsix);
  const says = 'Installing the extension in VS Code failed.';
  await step('Installing the extension', () => run(code, ['--install-extension', vsix, '--force'], { says }));
  await run(code, ['--new-window', folder], { says: `VS Code did not open ${folder}.` });
  console.log(`\nVS Code is open on ${folder}\nThe engine ends by itself two minutes after the window is closed.`);
  return true;
}

async function serveEditor(folder, vsix) {
  const title = findEditor() ? 'Preparing VS Code' : 'Installing VS Code for the browser (once, some minutes)';
  const { node, entry } = await step(title, ensureEditor);
  const profile = makeProfile();
  const places = ['--config', join(profile, 'config.yaml'), '--user-data-dir', profile];
  places.push('--extensions-dir', join(profile, 'extensions'));
  const says = 'Installing the extension in VS Code failed.';
  await step('Installing the extension', () =>
    run(node, [entry, ...places, '--install-extension', vsix, '--force'], { says }),
  );
  const port = await choosePort();
  const flags = ['--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'];
  // Its own process group: the terminal's Ctrl-C comes here first, and everything below it is ended in order.
  const child = spawn(node, [entry, ...places, ...flags], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  await listening(child);
  console.log(`\nVS Code with Slipway: http://localhost:${port}/?folder=${encodeURIComponent(folder)}`);
  console.log('Open the address in a browser on this machine. Ctrl-C stops the editor and the engine.');
  console.log('It asks for no password: whoever has an account on this machine can open it while it runs.');
  await stopped(child);
  return false;
}

function makeProfile() {
  const profile = join(cacheRoot(), 'editor-profile');
  const settings = join(profile, 'User/settings.json');
  mkdirSync(join(profile, 'User'), { recursive: true });
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(firstSettings, null, 2));
  // Reached from this machine only, which start.mjs says; without a configuration of its own it would write one into
  // the user's home.
  writeFileSync(join(profile, 'config.yaml'), 'auth: none\n');
  return profile;
}

/** The same port every time, when it is free: the browser keeps what belongs to an address. */
function choosePort() {
  return new Promise((resolve, reject) => {
    const tryPort = (port) => {
      const server = createServer();
      server.once('error', (error) => (port === usualPort ? tryPort(0) : reject(error)));
      server.listen(port, '127.0.0.1', () => {
        const chosen = server.address().port;
        server.close(() => resolve(chosen));
      });
    };
    tryPort(usualPort);
  });
}

function listening(child) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = () => {
      if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      reject(new StepError('VS Code for the browser did not start.', printed));
    };
    const timer = setTimeout(fail, 60_000);
    child.once('exit', fail);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        if (printed.length < 20_000) printed += data;
        if (!/HTTP server listening/.test(printed)) return;
        clearTimeout(timer);
        child.off('exit', fail);
        resolve();
      });
    }
  });
}

/** Waits for Ctrl-C or a request to end, then ends the editor with all it started. */
function stopped(child) {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.once(signal, () => process.kill(-child.pid, 'SIGTERM'));
  });
}
