// What the engine process does: says one line on stdout (its address, that another engine holds the folder, or why it
// cannot start) and then serves until it is asked to end.
import { messageOf, SlipwayError } from '../base/errors';
import { explainDiskFault, isDiskFull } from '../platform/files/disk-fault';
import { Engine } from './engine';
import { parseEngineOptions } from './options';

/** Exit code when the engine cannot start (usage or error). */
const cannotStart = 3;

async function main(argv: readonly string[]): Promise<void> {
  const options = parseEngineOptions(argv);
  const engine = await Engine.start(options).catch((error: unknown) => {
    throw cannotBegin(error, options.workspace);
  });
  if (engine === undefined) {
    if (!options.foreground) return say({ busy: true });
    throw new SlipwayError(
      'conflict',
      `Another engine holds ${options.workspace}. \`slipway engine status\` says where it answers.`,
    );
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void engine.end(signal));
  if (!options.foreground) process.on('SIGHUP', () => undefined);
  process.on('uncaughtException', (error) => {
    engine.log.error({ err: error }, 'unexpected');
    void engine.end('an unexpected error', 1);
  });
  say({ url: engine.url, token: engine.token, pid: process.pid });
}

/** An engine writes its address before it answers anybody, reads included. */
function cannotBegin(error: unknown, folder: string): unknown {
  if (!isDiskFull(error)) return explainDiskFault(error, folder);
  const sentence = `The disk that holds ${folder} is full, so the engine cannot start. Free some space, then try again.`;
  return new SlipwayError('disk-full', sentence, { cause: error });
}

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

// Whoever started the engine may be gone before it: its output must never end it.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

main(process.argv.slice(2)).catch((error: unknown) => {
  const code = SlipwayError.is(error) ? error.code : 'internal';
  // A person started the one in the foreground; a client reads the line of the other.
  if (process.argv.includes('--foreground')) process.stderr.write(`slipway: ${messageOf(error)}\n`);
  else say({ error: { code, message: messageOf(error) } });
  if (code === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  // Not left to the event loop: what a failed start has opened must not keep a half-made engine alive.
  process.stdout.write('', () => process.exit(cannotStart));
});
