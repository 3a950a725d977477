// A launch of Python's debugger whose interpreter is started by the recorder: the debugger connects back to the script
// as ever, and the recorder has its output, its exit code, and its run.
import { type RunDefinition, runTaskType, runWords } from '../tasks/run-definition';

/** The fields of a launch configuration of Python's debugger that are used here; the others are kept. */
export interface PythonLaunch {
  python?: string | string[];
  pythonPath?: string;
  program?: string;
  module?: string;
  args?: string | string[];
  cwd?: string;
  debugLauncherPython?: string;
  env?: Record<string, string>;
}

/** `node` starts `cli`; `python` is used where the configuration names no interpreter; `root` is the workspace's path. */
export interface RecorderPlace {
  node: { command: string; env: Record<string, string> };
  cli: string;
  python: string;
  root: string;
}

/** True for a launch that `recordedLaunch` has made. */
export function isRecorded(launch: PythonLaunch, cli: string): boolean {
  return Array.isArray(launch.python) && launch.python.includes(cli);
}

/** The launch with its interpreter behind the recorder. */
export function recordedLaunch<T extends PythonLaunch>(launch: T, { node, cli, python, root }: RecorderPlace): T {
  const interpreter = wordsOf(launch.python ?? launch.pythonPath ?? python);
  const definition: RunDefinition = { type: runTaskType, command: interpreter };
  const target = launch.module === undefined ? wordsOf(launch.program) : ['-m', launch.module];
  const shown = [...interpreter, ...target, ...wordsOf(launch.args)];
  return {
    ...launch,
    python: [node.command, cli, 'run', ...runWords(definition, root, shown)],
    // Else the debugger's own launcher, which is Python too, would be started by the recorder. One word: it takes no list.
    debugLauncherPython: launch.debugLauncherPython ?? interpreter[0] ?? python,
    env: { ...launch.env, ...node.env },
  };
}

function wordsOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
