// Lets `npm start` be the first command after cloning: brings the packages, then goes on with the Node they contain.
// Everything here runs on plain Node 20 without a single package.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { rootFolder } from './root.mjs';
import { findProgram, run, StepError } from './shell.mjs';
import { runMain, step } from './steps.mjs';

const modules = join(rootFolder, 'node_modules');
const ownNode = join(modules, 'node/bin/node');

/**
 * Runs `main()` (it returns the exit code) on the clone's own Node with its packages installed. Called at the end of a
 * script; on another Node the same script is started again with the same arguments.
 */
export async function bootstrap(main) {
  await runMain(async () => {
    await ensurePackages();
    if (Number(process.versions.node.split('.')[0]) < 24) return startAgain();
    process.env.PATH = [join(modules, '.bin'), pathWithoutOwnNode()].join(delimiter);
    return main();
  });
}

/** Installs the packages when they are missing or other than package-lock.json says, and the Node among them. */
async function ensurePackages() {
  const env = { PATH: pathWithoutOwnNode() };
  if (!areCurrent()) {
    const says = 'npm ci failed.';
    await step('Installing packages', () =>
      run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: rootFolder, env, says }),
    );
  }
  if (runsOwnNode()) return;
  // npm 12 skips install scripts that it was not told to trust, and this package brings its binary in one.
  const cwd = join(modules, 'node');
  const says = `Node 24 could not be installed. Run: cd ${cwd} && node installArchSpecificPackage.js`;
  const node = findProgram('node') ?? process.execPath;
  await step('Installing Node 24', () => run(node, ['installArchSpecificPackage.js'], { cwd, env, says }));
  const link = join(modules, '.bin/node');
  if (!existsSync(link)) symlinkSync('../node/bin/node', link);
  if (!runsOwnNode()) throw new StepError(says);
}

/** Whether what npm says it installed is what package-lock.json asks for. */
function areCurrent() {
  const installed = readPackages(join(modules, '.package-lock.json'));
  const wanted = readPackages(join(rootFolder, 'package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === entry.version : entry.optional === true || entry.peer === true;
  });
}

function readPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

function runsOwnNode() {
  return spawnSync(join(modules, '.bin/node'), ['--version'], { stdio: 'ignore' }).status === 0;
}

/** npm puts node_modules/.bin first; an npm ci that runs on a Node it is about to delete would be on thin ice. */
function pathWithoutOwnNode() {
  return process.env.PATH.split(delimiter)
    .filter((folder) => !folder.startsWith(modules))
    .join(delimiter);
}

function startAgain() {
  const child = spawn(ownNode, process.argv.slice(1), { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; the child decides what it means.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
