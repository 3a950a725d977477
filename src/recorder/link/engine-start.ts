// Only when no engine answers: starts one through the CLI's own verb, in a process of its own.
import { join } from 'node:path';
import { captureOutput } from '../../platform/process/captured-output';

/** Starts the engine of `root`. Returns one sentence why it could not, or undefined when it is up. */
export async function startEngine(root: string, timeout: number): Promise<string | undefined> {
  const cli = join(__dirname, 'cli.js');
  const answer = await captureOutput(process.execPath, [cli, 'engine', 'start', '--workspace', root, '--json'], {
    // The engine outlives this run; nothing of an outer run may reach it.
    env: { ...process.env, SLIPWAY_RUN_ID: undefined, SLIPWAY_METRICS: undefined },
    timeout,
    limit: 64_000,
  });
  if (answer.code === 0) return undefined;
  if (answer.timedOut) return `The engine did not answer within ${Math.round(timeout / 1000)} s.`;
  const said = answer.errors.trim().split('\n').pop() ?? '';
  return said.replace(/^slipway: /, '') || 'The engine could not be started.';
}
