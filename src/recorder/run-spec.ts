// What run.json says: the request, and who made it where.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { availableParallelism, cpus, hostname, totalmem, userInfo } from 'node:os';
import { basename } from 'node:path';
import { processMark } from '../platform/process/process-mark';
import type { WorkspaceLayout } from '../protocol/folder/layout';
import type { RecordingSpec } from '../protocol/recording/recording-files';
import type { HostState } from '../protocol/run';
import { overrideTag, parentTag, uncheckedTag } from '../protocol/runs/run-tag';
import type { RunRequest } from './run-request';

/** The spec of a run that begins now, in this process. */
export function describeRun(request: RunRequest, runId: string, layout: WorkspaceLayout): RecordingSpec {
  const user = userName();
  const command = request.shownAs ?? request.command;
  const experiment = request.experiment ?? (process.env.MLFLOW_EXPERIMENT_NAME || null);
  return {
    v: 1,
    runId,
    experiment,
    experimentId: experiment === null ? process.env.MLFLOW_EXPERIMENT_ID || null : null,
    name: request.name,
    params: request.params,
    tags: { ...standardTags(command, user), ...parentTags(layout), ...overrideTags(request), ...request.tags },
    command,
    cwd: process.cwd(),
    user,
    stdoutMetrics: request.stdoutMetrics,
    debugged: request.debugged,
    startTime: Date.now(),
    recorderPid: process.pid,
    recorderMark: processMark(process.pid),
    host: describeHost(),
    problems: [],
  };
}

function standardTags(command: readonly string[], user: string): Record<string, string> {
  const [program = '', ...args] = command;
  const isPython = /^(python|pypy)[\d.]*$/.test(basename(program));
  const script = isPython ? args.find((word) => !word.startsWith('-') && word.endsWith('.py')) : undefined;
  return {
    'mlflow.user': user,
    'mlflow.source.name': script ?? command.join(' '),
    'mlflow.source.type': 'LOCAL',
  };
}

/** Why it began although its data fail their contract, or might, where everybody who looks at the run sees it. */
function overrideTags({ override, unchecked = null }: RunRequest): Record<string, string> {
  return {
    ...(override !== null && { [overrideTag]: override }),
    ...(unchecked !== null && { [uncheckedTag]: unchecked }),
  };
}

/** A run started by the command of another recorded run is its child. */
function parentTags(layout: WorkspaceLayout): Record<string, string> {
  const outer = process.env.SLIPWAY_RUN_ID ?? '';
  const isOurs = /^[0-9a-f]{32}$/.test(outer) && statSync(layout.run(outer), { throwIfNoEntry: false }) !== undefined;
  return isOurs ? { [parentTag]: outer } : {};
}

function describeHost(): HostState {
  return {
    hostname: hostname(),
    platform: process.platform,
    arch: process.arch,
    cpu: linuxProcessor() ?? cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: totalmem(),
  };
}

/** Asking for all processors takes milliseconds on a large machine; the first one's name is all that is needed. */
function linuxProcessor(): string | undefined {
  try {
    const file = openSync('/proc/cpuinfo', 'r');
    try {
      const bytes = Buffer.alloc(2048);
      const text = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0)).toString('latin1');
      return /^model name\s*:\s*(.+)$/m.exec(text)?.[1]?.trim();
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return process.env.USER ?? String(process.getuid?.() ?? 'unknown');
  }
}
