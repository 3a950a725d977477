// The interpreter a command uses and the packages it would import, asked of that interpreter itself.
import { captureOutput } from '../process/captured-output';
import { type CommandPlace, findInterpreter } from './interpreter';

/** `problem` says in one sentence why the rest is unknown. */
export interface PythonEnvironment {
  interpreter: string | null;
  version: string | null;
  packages: { name: string; version: string }[];
  problem: string | null;
}

const timeout = 10_000;

// One process that imports nothing but the standard library and names every installed distribution once, first on the
// path first, as an import would find it.
const probe = `
import json, sys
from importlib import metadata
seen = {}
for d in metadata.distributions():
    try:
        n, v = d.metadata["Name"], d.version
    except Exception:
        continue
    if n and v:
        seen.setdefault(n.lower().replace("_", "-"), [n, v])
print(json.dumps([sys.executable, sys.version.split()[0], [seen[k] for k in sorted(seen)]]))
`;

/** Describes the Python of `command`. Never throws; gives up after 10 s. */
export async function readPythonEnvironment(
  command: readonly string[],
  place: CommandPlace,
): Promise<PythonEnvironment> {
  const choice = findInterpreter(command, place);
  if ('problem' in choice) return unknown(null, choice.problem);
  const [program = '', ...args] = choice.start;
  const name = choice.start.join(' ');
  const answer = await captureOutput(program, [...args, '-c', probe], {
    cwd: place.cwd,
    // Nothing of the run's own may begin twice: no profiler, no tracer, no byte code written.
    env: { ...place.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONSTARTUP: '', PYTHONINSPECT: '' },
    timeout,
    limit: 8_000_000,
  });
  if (answer.timedOut) return unknown(name, `${name} did not list its packages within ${timeout / 1000} s.`);
  if (answer.failure !== undefined) return unknown(name, `${name} could not be run (${answer.failure}).`);
  return parse(answer.output) ?? unknown(name, `${name} could not list its packages${lastLine(answer.errors)}`);
}

function parse(output: string): PythonEnvironment | undefined {
  try {
    const line = output.trim().split('\n').pop() ?? '';
    const [interpreter, version, packages] = JSON.parse(line) as [string, string, [string, string][]];
    return { interpreter, version, packages: packages.map(([n, v]) => ({ name: n, version: v })), problem: null };
  } catch {
    return undefined;
  }
}

function lastLine(errors: string): string {
  const line = errors.trim().split('\n').pop() ?? '';
  return line === '' ? '.' : `: ${line}`;
}

function unknown(interpreter: string | null, problem: string): PythonEnvironment {
  return { interpreter, version: null, packages: [], problem };
}
