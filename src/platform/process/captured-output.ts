// Runs a small helper program and gives back what it printed, within a time and a size.
import { spawn } from 'node:child_process';
import { messageOf, systemCodeOf } from '../../base/errors';

/** `limit` in bytes of stdout kept; `timeout` in milliseconds, after which the program is killed. `into`: an open file that stdout goes to instead. */
export interface CaptureOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeout: number;
  limit: number;
  into?: number;
}

/** How the program ended. `code` is null when it could not be started, was killed or ran out of time. */
export interface CapturedOutput {
  code: number | null;
  output: string;
  errors: string;
  truncated: boolean;
  timedOut: boolean;
  /** The system's word for why it could not be started (`ENOENT`, …). */
  failure: string | undefined;
}

/** Runs `command`; never throws. Once the limit is reached the rest of its output is read and dropped. */
export async function captureOutput(
  command: string,
  args: readonly string[],
  options: CaptureOptions,
): Promise<CapturedOutput> {
  try {
    return await capture(command, args, options);
  } catch (error) {
    // Some failures to start are thrown, others are told later.
    return { ...nothingYet, failure: systemCodeOf(error) ?? messageOf(error) };
  }
}

const nothingYet: Readonly<CapturedOutput> = {
  code: null,
  output: '',
  errors: '',
  truncated: false,
  timedOut: false,
  failure: undefined,
};

function capture(command: string, args: readonly string[], options: CaptureOptions): Promise<CapturedOutput> {
  return new Promise((resolve) => {
    const result: CapturedOutput = { ...nothingYet };
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', options.into ?? 'pipe', 'pipe'],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      const room = options.limit - size;
      size += chunk.length;
      if (room > 0) chunks.push(chunk.subarray(0, room));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      result.errors = (result.errors + text).slice(-4000);
    });
    const timer = setTimeout(() => {
      result.timedOut = true;
      child.kill('SIGKILL');
    }, options.timeout);
    child.once('error', (error: NodeJS.ErrnoException) => {
      result.failure = error.code ?? error.message;
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      result.code = result.timedOut || result.failure !== undefined ? null : code;
      result.output = Buffer.concat(chunks).toString('utf8');
      result.truncated = size > options.limit;
      resolve(result);
    });
  });
}
