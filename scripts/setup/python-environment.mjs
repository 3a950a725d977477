// Python environments of the sample project and of the client tests, from pinned requirements, outside the clone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureEntry, entryPath, isComplete } from './cache.mjs';
import { rootFolder } from './root.mjs';
import { findProgram, run, StepError } from './shell.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

// Files in the order in which they are installed, each with --no-deps: they are complete.
const environments = { mlflow3: ['mlflow3.txt', 'mlflow3-client.txt'], mlflow2: ['mlflow2.txt'] };
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

/** Makes the environment `mlflow3` or `mlflow2` unless it is there. Returns its interpreter. */
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
  const pins = environments[name].map(readRequirements);
  return entryPath(`python-${name}`, [...pins, python.version, python.path, process.platform, process.arch]);
}

function readRequirements(file) {
  return readFileSync(join(rootFolder, 'scripts/requirements', file), 'utf8');
}

async function install(path, name, python) {
  const says = `Making the Python environment ${name} failed.`;
  await run(python.path, ['-m', 'venv', path], { says });
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps'];
  for (const file of environments[name]) {
    const requirements = join(rootFolder, 'scripts/requirements', file);
    await run(join(path, 'bin/python'), [...pip, '-r', requirements], { says });
  }
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
