// Python environments of the sample project and of the client tests, from pinned requirements, outside the clone.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureEntry, entryPath, isComplete } from './cache.mjs';
import { rootFolder } from './root.mjs';
import { findProgram, run, StepError } from './shell.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

// `over` names an environment whose packages are seen below the own ones: a second client costs its own size only.
const environments = {
  flights: { requirements: 'flights.txt' },
  mlflow3: { requirements: 'mlflow3.txt', over: 'flights' },
  mlflow2: { requirements: 'mlflow2.txt' },
  statistics: { requirements: 'statistics.txt', over: 'flights' },
  evidently: { requirements: 'evidently.txt' },
  trackers: { requirements: 'trackers.txt', over: 'flights' },
  dvc: { requirements: 'dvc.txt' },
  contracts: { requirements: 'contracts.txt' },
  inference: { requirements: 'inference.txt' },
  ci: { requirements: 'ci.txt' },
  fasttrackml: { requirements: 'fasttrackml.txt' },
};
const commands = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.14', 'python'];
const probe = `
import importlib.util, json, os, sys
print(json.dumps({
  "path": os.path.realpath(sys.executable), "version": "%d.%d.%d" % sys.version_info[:3],
  "fits": sys.version_info >= (3, 10), "venv": importlib.util.find_spec("ensurepip") is not None,
}))`;
let interpreter;

/** The environment's interpreter when it was made already, else undefined. */
export function findPythonEnvironment(name) {
  const python = findInterpreter();
  const folder = python && environmentFolder(name, python);
  return folder && isComplete(folder) ? join(folder, 'bin/python') : undefined;
}

/** Makes one of the environments above unless it is there. Returns its interpreter. */
export async function ensurePythonEnvironment(name) {
  const python = findInterpreter();
  if (!python) {
    throw new StepError('Python 3.10 or newer was not found. Install it, or set SLIPWAY_PYTHON to its path.');
  }
  if (!python.venv) await ensureSystemPackages(['python3-venv'], 'Making a Python environment');
  const folder = await ensureEntry(environmentFolder(name, python), (path) => install(path, name, python));
  return join(folder, 'bin/python');
}

function environmentFolder(name, python) {
  const { requirements, over } = environments[name];
  const below = over ? environmentFolder(over, python) : '';
  const system = [process.platform, process.arch];
  return entryPath(`python-${name}`, [readRequirements(requirements), below, python.version, python.path, ...system]);
}

function readRequirements(file) {
  return readFileSync(join(rootFolder, 'scripts/requirements', file), 'utf8');
}

async function install(path, name, python) {
  const says = `Making the Python environment ${name} failed.`;
  const { requirements, over } = environments[name];
  const own = join(path, 'bin/python');
  await run(python.path, ['-m', 'venv', path], { says });
  if (over) {
    const below = await packagesFolder(await ensurePythonEnvironment(over));
    writeFileSync(join(await packagesFolder(own), `${over}.pth`), `${below}\n`);
  }
  // The lists are complete, so that nothing is resolved anew.
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps', '--ignore-installed'];
  await run(own, [...pip, '-r', join(rootFolder, 'scripts/requirements', requirements)], { says });
}

async function packagesFolder(python) {
  return (await run(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'])).trim();
}

/** The first interpreter that is new enough: `$SLIPWAY_PYTHON`, else from the PATH. */
function findInterpreter() {
  if (interpreter !== undefined) return interpreter ?? undefined;
  const candidates = process.env.SLIPWAY_PYTHON
    ? [process.env.SLIPWAY_PYTHON]
    : commands.map((name) => findProgram(name));
  interpreter = null;
  for (const command of candidates.filter(Boolean)) {
    const answer = spawnSync(command, ['-c', probe], { encoding: 'utf8' });
    if (answer.status !== 0) continue;
    const found = JSON.parse(answer.stdout);
    if (!found.fits) continue;
    interpreter = found;
    break;
  }
  return interpreter ?? undefined;
}
