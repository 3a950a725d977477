// Packs dist/ into a VSIX for one platform: bundles, media and the native modules, and nothing else.
// Usage: node scripts/package.mjs [--target PLATFORM|universal] [--out FILE]; prints the path of the file.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rootFolder } from './setup/root.mjs';
import { run, StepError } from './setup/shell.mjs';

const shipped = ['README.md', 'CHANGELOG.md', 'LICENSE', 'package.nls.json', 'l10n', 'media', 'dist'];
const devOnly = ['scripts', 'allowScripts', 'dependencies', 'devDependencies', 'bin', 'files'];

/** Packs for `target` (a vsce platform name or `universal`) into `out`. Throws StepError when vsce refuses. */
export async function packageExtension({ target, out }) {
  if (!existsSync(join(rootFolder, 'dist/extension.js'))) {
    throw new StepError('There is no dist/extension.js to package. Run npm run build first.');
  }
  const stage = mkdtempSync(join(tmpdir(), 'slipway-package-'));
  try {
    fillStage(stage, target);
    // 68 MB for each platform: the universal package goes without, and says so when a table is opened.
    if (target !== 'universal') await addDuckDb(stage, target);
    addOnnxRuntime(stage, target);
    const vsce = join(rootFolder, 'node_modules/@vscode/vsce/vsce');
    const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', out];
    if (target !== 'universal') flags.push('--target', target);
    await run(process.execPath, [vsce, 'package', ...flags], { cwd: stage, says: 'Packaging the VSIX failed.' });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** This machine's platform in vsce's words, for example `linux-x64`. */
export function ownPlatform() {
  const isMusl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `${isMusl ? 'alpine' : process.platform}-${process.arch}`;
}

function fillStage(stage, target) {
  for (const name of shipped.filter((each) => existsSync(join(rootFolder, each)))) {
    cpSync(join(rootFolder, name), join(stage, name), { recursive: true, filter: (path) => !path.endsWith('.map') });
  }
  const manifest = JSON.parse(readFileSync(join(rootFolder, 'package.json'), 'utf8'));
  for (const key of devOnly) delete manifest[key];
  writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(join(stage, '.vscodeignore'), '');
  // Below dist/, because vsce never packs a node_modules at the top without asking npm what belongs to it.
  const source = join(rootFolder, 'node_modules/better-sqlite3');
  const copy = join(stage, 'dist/node_modules/better-sqlite3');
  for (const name of ['package.json', 'LICENSE', 'lib', `prebuilds${prebuild(target)}`]) {
    cpSync(join(source, name), join(copy, name), { recursive: true });
  }
}

/** The library that reads tables, of the platform that is packed for: from node_modules, else from the registry. */
async function addDuckDb(stage, target) {
  const modules = join(rootFolder, 'node_modules');
  const name = `@duckdb/node-bindings-${duckPlatform(target)}`;
  const places = ['@duckdb/node-bindings', 'detect-libc', name];
  for (const each of places.filter((place) => existsSync(join(modules, place)))) {
    cpSync(join(modules, each), join(stage, 'dist/node_modules', each), { recursive: true });
  }
  if (existsSync(join(modules, name))) return;
  const { version } = JSON.parse(readFileSync(join(modules, '@duckdb/node-bindings/package.json'), 'utf8'));
  const says = `${name} ${version} could not be fetched.`;
  await run('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: stage, says });
  const archive = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  const folder = join(stage, 'dist/node_modules', name);
  mkdirSync(folder, { recursive: true });
  await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1'], { cwd: stage, says });
  rmSync(join(stage, archive));
}

/** The library that runs models, where there is one for the platform; elsewhere they can be looked at, which is said then. */
function addOnnxRuntime(stage, target) {
  const modules = join(rootFolder, 'node_modules');
  const [platform, processor] = target.split('-');
  const binaries = join('bin/napi-v6', platform, processor ?? '');
  if (!existsSync(join(modules, 'onnxruntime-node', binaries))) return;
  for (const name of ['package.json', 'dist', binaries]) {
    // One library lies there under two names on macOS; the code asks for the shorter.
    const filter = (path) => !/libonnxruntime\.\d+\.\d+\.\d+\.dylib$|\.map$/.test(path);
    cpSync(join(modules, 'onnxruntime-node', name), join(stage, 'dist/node_modules/onnxruntime-node', name), {
      recursive: true,
      filter,
    });
  }
  for (const name of ['package.json', 'dist/cjs']) {
    cpSync(join(modules, 'onnxruntime-common', name), join(stage, 'dist/node_modules/onnxruntime-common', name), {
      recursive: true,
    });
  }
}

/** vsce's name of a platform in DuckDB's words. */
function duckPlatform(target) {
  return target.startsWith('alpine') ? `${target.replace('alpine', 'linux')}-musl` : target;
}

function prebuild(target) {
  return target === 'universal' ? '' : `/${target.replace('alpine', 'linuxmusl')}.node`;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { target: { type: 'string' }, out: { type: 'string' } } });
  const target = values.target ?? ownPlatform();
  const out = resolve(values.out ?? join(rootFolder, `slipway-${target}.vsix`));
  await packageExtension({ target, out });
  console.log(out);
}
