// Builds dist/: the extension, the engine with its reader, the CLI, the recorder and one bundle per panel.
// `--watch` rebuilds on change.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const watch = process.argv.includes('--watch');
const production = !watch;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Zod carries its messages in fifty languages; a quarter of a megabyte that every process would compile at start. */
const englishZod = {
  name: 'english-zod',
  setup(build) {
    build.onResolve({ filter: /\/locales\/index\.c?js$/ }, ({ path, resolveDir }) =>
      resolveDir.includes(join('node_modules', 'zod'))
        ? { path: join(resolveDir, path), namespace: 'english-zod' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'english-zod' }, ({ path }) => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: dirname(path),
    }));
  },
};

/** Fastify names these at once and uses them for servers that speak TLS, HTTP/2 or listen by a host's name: never here. */
const plainHttp = {
  name: 'plain-http',
  setup(build) {
    build.onResolve({ filter: /^node:(https|http2|dns)$/ }, ({ path, importer }) =>
      importer.endsWith(join('fastify', 'lib', 'server.js')) ? { path, namespace: 'plain-http' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'plain-http' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('${path}')[name] });`,
    }));
  },
};

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minify: production,
  keepNames: false,
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  plugins: [englishZod, plainHttp],
  external: ['better-sqlite3', '@duckdb/node-bindings', 'onnxruntime-node', 'vscode'],
  define: { __SLIPWAY_VERSION__: JSON.stringify(version) },
  outdir: dist,
};

const processes = {
  ...node,
  entryPoints: {
    // The entry only turns on Node's compile cache, which counts for what is loaded after it.
    engine: join(root, 'src/engine/main.ts'),
    'engine-core': join(root, 'src/engine/core.ts'),
    reader: join(root, 'src/engine/reader.ts'),
    // The thread of one long work: an export, an import, a backup, emptying the trash.
    jobs: join(root, 'src/engine/jobs/thread/main.ts'),
    // A thread that reads files for their digests.
    digest: join(root, 'src/engine/jobs/thread/datasets/digest-thread.ts'),
    // The process that reads a damaged database.
    salvage: join(root, 'src/engine/salvage/main.ts'),
    // The process of one statement of `slipway sql`.
    sql: join(root, 'src/engine/sql/main.ts'),
    // Two tables of predictions: a thread of the engine, or a process of `slipway compare --files`.
    compare: join(root, 'src/engine/comparison/main.ts'),
    // The process that opens tables.
    data: join(root, 'src/engine/data/main.ts'),
    // The process that reads and runs a model.
    model: join(root, 'src/engine/model/main.ts'),
    // The process that holds a model against its rules.
    gate: join(root, 'src/engine/gate/main.ts'),
    // Three files, because `slipway run` must not pay for loading what the other verbs need.
    cli: join(root, 'src/cli/main.ts'),
    verbs: join(root, 'src/cli/verbs.ts'),
    recorder: join(root, 'src/cli/run.ts'),
    extension: join(root, 'src/extension/main.ts'),
  },
};
processes.entryPoints = Object.fromEntries(
  Object.entries(processes.entryPoints).filter(([, file]) => existsSync(file)),
);

const panelNames = readdirSync(join(root, 'webview'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, 'webview', entry.name, 'main.tsx')))
  .map((entry) => entry.name);
const panels = {
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'chrome134',
  minify: production,
  sourcemap: watch ? 'inline' : false,
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  logLevel: 'warning',
  plugins: [englishZod],
  entryPoints: Object.fromEntries(panelNames.map((name) => [name, join(root, 'webview', name, 'main.tsx')])),
  outdir: join(dist, 'webview'),
};

mkdirSync(join(dist, 'bin'), { recursive: true });
if (existsSync(join(root, 'scripts/shim'))) {
  cpSync(join(root, 'scripts/shim'), join(dist, 'bin'), { recursive: true });
  if (existsSync(join(dist, 'bin/slipway'))) chmodSync(join(dist, 'bin/slipway'), 0o755);
}

// What runs in the user's own Python.
for (const name of ['quantize.py', 'picture-sets.py'])
  cpSync(join(root, 'src/client/quantization', name), join(dist, 'python', name));

const builds = [processes, panels].filter((options) => Object.keys(options.entryPoints).length > 0);
if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
  console.log('watching');
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
}
