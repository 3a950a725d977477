// slipway runs delete RUN… and slipway runs restore RUN…
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import { mostChanges } from '../protocol/runs/run-change';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { chooseRun } from './run-choice';

/** Adds `runs delete`, which moves runs to the trash, and `runs restore`, which takes them back. */
export function registerRunsTrashCommands(runs: Command, context: CliContext): void {
  runs
    .command('delete <run...>')
    .description('move runs to the trash, all or none; each named by its id, the beginning of it, or its name')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((wanted: string[], options: CommonOptions) => move(context, wanted, { options, deleted: true }));
  runs
    .command('restore <run...>')
    .description('take runs back from the trash, all or none')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((wanted: string[], options: CommonOptions) => move(context, wanted, { options, deleted: false }));
}

async function move(
  context: CliContext,
  wanted: readonly string[],
  { options, deleted }: { options: CommonOptions; deleted: boolean },
): Promise<void> {
  if (wanted.length > mostChanges) {
    throw new SlipwayError('invalid', `At most ${mostChanges} runs are moved at once; these are ${wanted.length}.`);
  }
  const client = await context.client(options);
  const runIds = new Set<string>();
  for (const each of wanted) runIds.add(await chooseRun(client, each, { deleted: !deleted }));
  if (deleted) for (const runId of runIds) await refuseRunning(client, runId);
  const changes = [...runIds].map((runId) => ({ runId, deleted, expected: { deleted: !deleted } }));
  await client.api.runs.change.mutate({ changes });
  const count = countText(runIds.size, 'run');
  const text = deleted
    ? `${count} moved to the trash. To take back: slipway runs restore ${[...runIds].join(' ')}`
    : `${count} taken back from the trash.`;
  context.print(options, deleted ? { deleted: [...runIds] } : { restored: [...runIds] }, text);
}

/** A client that logs to a run in the trash is refused, and its training dies of it. A recorded run is the engine's to refuse. */
async function refuseRunning(client: EngineClient, runId: string): Promise<void> {
  const { name, state, recorded } = await client.api.runs.get.query({ runId });
  if (recorded || state !== 'running') return;
  const sentence = `The run ${name} is still running; in the trash its training would fail at its next call. End it, then delete it.`;
  throw new SlipwayError('conflict', sentence);
}
