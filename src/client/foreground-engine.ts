// `engine start --foreground`: the engine in this very process where it can run, else in a child that gets our signals.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { EnsureOptions } from './ensure-engine';
import { chooseNode } from './node-choice';

/** Serves until ended; the engine's own line goes to stdout. `args` are the engine's arguments. */
export async function serveInForeground(args: readonly string[], options: EnsureOptions): Promise<void> {
  const entry = `${options.bundle}/engine.js`;
  const node = await chooseNode({
    bundle: options.bundle,
    ...(options.nodeSetting ? { setting: options.nodeSetting } : {}),
  });
  if (node.command === process.execPath) {
    process.argv = [process.execPath, entry, ...args];
    require(entry);
    return;
  }
  const child = spawn(node.command, [entry, ...args], { stdio: 'inherit', env: { ...process.env, ...node.env } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}
