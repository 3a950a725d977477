// The sample project as a user would have it: its own folder, its data, an engine, and runs really trained.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cacheRoot } from './cache.mjs';
import { rootFolder } from './root.mjs';
import { findProgram, run, StepError } from './shell.mjs';
import { step } from './steps.mjs';

const source = join(rootFolder, 'examples/flights');
const cli = join(rootFolder, 'dist/cli.js');
const wanted = ['linear', 'boosting-slow', 'boosting'];
const months = ['2013-03', '2013-04', '2013-05', '2013-07', '2013-08'];

/**
 * Prepares the sample with `python` (an interpreter that has its packages) and returns `{folder, runs}`. The folder of
 * an earlier start is used again, with its runs, unless the sample has changed since or `isFresh` asks for a new one.
 */
export async function prepareSample({ python, isFresh }) {
  const last = isFresh ? undefined : await stillGood(findLast());
  const folder = last ?? (await step('Copying the sample project', () => copy(python)));
  await step('Starting the engine', () => slipway(folder, ['engine', 'start', '--json']));
  try {
    const runs = await trainUnlessTrained(folder, python);
    remember(folder);
    return { folder, runs };
  } catch (error) {
    await stopEngine(folder);
    throw error;
  }
}

/** The sample is made to be thrown away: one that this version cannot open is left behind for a new one. */
async function stillGood(folder) {
  if (folder === undefined) return undefined;
  try {
    await slipway(folder, ['engine', 'start', '--json']);
    return folder;
  } catch {
    return undefined;
  }
}

async function trainUnlessTrained(folder, python) {
  const before = await listRuns(folder);
  if (areTrained(before)) {
    await registerExported(folder, before);
    return before;
  }
  await step('Reading the data, month by month', () => readMonths(folder));
  await train(folder, python);
  const runs = await listRuns(folder);
  if (areTrained(runs)) {
    await step('Registering the exported model and holding it against its rules', () => registerExported(folder, runs));
    return runs;
  }
  throw new StepError(`The sample was trained, but its runs are not all there. Look into ${folder}/.slipway/logs.`);
}

/** Ends the engine of a folder, if one answers. */
export function stopEngine(folder) {
  return slipway(folder, ['engine', 'stop', '--json']);
}

async function copy(python) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-flights-')));
  cpSync(source, folder, { recursive: true });
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(terminalSettings(python), null, 2));
  await run(python, ['prepare.py'], { cwd: folder, says: 'Preparing the data of the sample failed.' });
  if (findProgram('git')) await commit(folder);
  return folder;
}

/** So that `python train.py` in the editor's terminal finds the packages. */
function terminalSettings(python) {
  const PATH = `${dirname(python)}${delimiter}\${env:PATH}`;
  return {
    'python.defaultInterpreterPath': python,
    'terminal.integrated.env.linux': { PATH },
    'terminal.integrated.env.osx': { PATH },
  };
}

async function commit(folder) {
  const who = ['-c', 'user.name=Slipway', '-c', 'user.email=sample@localhost', '-c', 'commit.gpgsign=false'];
  const says = 'Committing the sample project to git failed.';
  await run('git', ['init', '-q'], { cwd: folder, says });
  await run('git', ['add', '.'], { cwd: folder, says });
  await run('git', [...who, 'commit', '-q', '-m', 'Predict late flights'], { cwd: folder, says });
}

/** Two runs by plain MLflow code, as in any terminal with the engine's address; one recorded with `slipway run`. */
async function train(folder, python) {
  const address = parseEnvironment(await slipway(folder, ['env']));
  const PATH = `${dirname(python)}${delimiter}${process.env.PATH}`;
  // One thread each: on a busy machine OpenMP's threads wait for one another far longer than they work.
  const env = { ...address, PATH, DO_NOT_TRACK: 'true', OMP_NUM_THREADS: '1' };
  const plain = (name, args) =>
    run(python, ['train.py', '--name', name, ...args], { cwd: folder, env, says: `Training ${name} failed.` });
  await step('Training two models', () =>
    Promise.all([
      plain('linear', ['--model', 'linear']),
      plain('boosting-slow', ['--model', 'boosting', '--learning-rate', '0.03']),
    ]),
  );
  const recorded = ['run', '--experiment', 'flights', '--name', 'boosting', '--input', 'data/flights', '--'];
  const command = ['python', 'train.py', '--model', 'boosting', '--onnx'];
  await step('Recording a third, exported to ONNX', () => slipway(folder, [...recorded, ...command], env));
}

/** Months come in one after the other, as they would; each is a version of its own. The season drifts between them. */
async function readMonths(folder) {
  await slipway(folder, ['dataset', 'refresh', 'flights', '--json']);
  for (const month of months) {
    cpSync(join(folder, `data/flights/${month}.parquet`), join(folder, 'data/month.parquet'));
    await slipway(folder, ['dataset', 'refresh', 'month', '--json']);
    await slipway(folder, ['dataset', 'label', 'month@latest', month, '--json']);
  }
}

/** By somebody else than whoever tries the sample, who can then approve it. */
async function registerExported(folder, runs) {
  const { items } = JSON.parse(await slipway(folder, ['models', 'list', '--json']));
  if (items.some(({ name }) => name === 'delay')) return;
  const author = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'user.email',
    GIT_CONFIG_VALUE_0: 'sample@localhost.local',
  };
  const { run_id: run } = runs.find(({ name }) => name === 'boosting');
  const said = await slipway(
    folder,
    ['register', 'delay', `${run}:delay.onnx`, '--data', 'flights@latest', '--json'],
    author,
  );
  await slipway(folder, ['gate', `delay@${JSON.parse(said).version}`, '--warnings-pass', '--json']);
}

async function listRuns(folder) {
  return JSON.parse(await slipway(folder, ['runs', 'list', '--json'])).items;
}

function areTrained(runs) {
  return wanted.every((name) =>
    runs.some((each) => each.name === name && each.status === 'FINISHED' && typeof each.metrics.roc_auc === 'number'),
  );
}

/** `slipway VERB` in the sample, as its own terminal would run it. */
function slipway(folder, args, environment = {}) {
  const says = `slipway ${args.slice(0, 2).join(' ')} failed in ${folder}.`;
  return run(process.execPath, [cli, ...args], { cwd: folder, env: environment, says });
}

function parseEnvironment(lines) {
  const pairs = lines.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(pairs.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function findLast() {
  const pointer = join(cacheRoot(), 'sample.json');
  if (!existsSync(pointer)) return undefined;
  const { folder, made } = JSON.parse(readFileSync(pointer, 'utf8'));
  return made === version() && existsSync(join(folder, '.slipway')) ? folder : undefined;
}

function remember(folder) {
  writeFileSync(join(cacheRoot(), 'sample.json'), JSON.stringify({ folder, made: version() }));
}

/** A hash over what the sample is made from. */
function version() {
  const hash = createHash('sha256').update(readFileSync(join(rootFolder, 'package.json')));
  const names = readdirSync(source).filter((name) => /\.(py|yaml|txt|md)$|^\.gitignore$/.test(name));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(source, name)));
  return hash.digest('hex');
}
