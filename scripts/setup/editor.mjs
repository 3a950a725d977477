// VS Code in the browser (code-server), from npm, in its own package folder outside the clone.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureEntry, entryPath, isComplete } from './cache.mjs';
import { run } from './shell.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const packageFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'editor');
const packageFiles = ['package.json', 'package-lock.json', '.npmrc'];
const buildPackages = [
  'build-essential',
  'python3',
  'pkg-config',
  'libkrb5-dev',
  'libsecret-1-dev',
  'libx11-dev',
  'libxkbfile-dev',
];

/** Where the editor lies or will lie. */
export function editorFolder() {
  const texts = packageFiles.map((name) => readFileSync(join(packageFolder, name), 'utf8'));
  return entryPath('editor', [...texts, process.platform, process.arch]);
}

/** `{node, entry}` of an installed editor: run `node entry …`; undefined when it is not installed. */
export function findEditor() {
  const folder = editorFolder();
  return isComplete(folder) ? programs(folder) : undefined;
}

/** Installs the editor unless it is there (about three minutes and 1 GB). Returns `{node, entry}`. */
export async function ensureEditor() {
  if (!isComplete(editorFolder())) await ensureSystemPackages(buildPackages, 'Building VS Code for the browser');
  return programs(await ensureEntry(editorFolder(), install));
}

function programs(folder) {
  return {
    node: join(folder, 'node_modules/node/bin/node'),
    entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
}

async function install(folder) {
  const says = 'Installing VS Code for the browser (code-server) failed.';
  for (const name of packageFiles) copyFileSync(join(packageFolder, name), join(folder, name));
  await run('npm', ['ci', '--ignore-scripts'], { cwd: folder, says });
  const nodePackage = join(folder, 'node_modules/node');
  if (!existsSync(join(nodePackage, 'bin/node'))) {
    await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: nodePackage, says });
  }
  const { node } = programs(folder);
  const npm = join(folder, 'node_modules/npm/bin/npm-cli.js');
  const env = {
    // code-server's nested installs have scripts of their own, which npm 12 would block: its folder's npm 11 runs them.
    PATH: [join(folder, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    npm_config_user_agent: 'npm/11 node/v24',
    ...nodeHeaders(folder),
  };
  await run(node, [npm, 'rebuild', 'argon2'], { cwd: folder, env, says });
  await run('sh', ['./postinstall.sh'], { cwd: join(folder, 'node_modules/code-server'), env, says });
}

/** A user's npmrc may name the headers of another Node; those of the Node that will run the editor come with it. */
function nodeHeaders(folder) {
  const system = `${process.platform}-${process.arch}`;
  const places = [`node-${system}`, `node-bin-${system}`].map((name) => join(folder, 'node_modules', name));
  const found = places.find((place) => existsSync(join(place, 'include/node/node.h')));
  return found ? { npm_config_nodedir: found } : {};
}
