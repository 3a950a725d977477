// Entry of `slipway run`, a bundle of its own: this very process records the command.
import { messageOf } from '../base/errors';
import { stateWord } from '../protocol/wording';
import { Recorder } from '../recorder/recorder';
import { ownFailure } from '../recorder/run-end';
import { parseRunArguments, runUsage } from './run-arguments';

async function main(words: readonly string[]): Promise<number> {
  const request = parseRunArguments(words);
  if (request === undefined) {
    process.stdout.write(runUsage);
    return 0;
  }
  const run = await Recorder.record(request);
  if (request.json) {
    const answer = { run_id: run.runId, status: run.status, exit_code: run.exitCode };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  if (!request.json && process.stderr.isTTY) {
    const id = run.runId.slice(0, 8);
    const state = stateWord(run.status.toLowerCase() as Lowercase<typeof run.status>).toLowerCase();
    process.stderr.write(`slipway: run ${id} ${state}. \`slipway runs show ${id}\` shows it.\n`);
  }
  return run.exitCode;
}

// Whatever cannot be written on the way (a full disk), the command goes on and its end is still awaited.
let hasTold = false;
process.on('uncaughtException', (error) => {
  if (!hasTold) process.stderr.write(`slipway: part of this run could not be recorded: ${messageOf(error)}\n`);
  hasTold = true;
});

main(process.argv.slice(3)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`slipway: ${messageOf(error)}\n`);
    process.exit(ownFailure);
  },
);
