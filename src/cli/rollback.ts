// slipway rollback MODEL
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from './context';
import { decide, namedModel, saidWhy } from './decision';

interface RollbackOptions extends CommonOptions {
  reason: string;
}

/** Adds `rollback`, which puts the last good version back into production in one step. */
export function registerRollbackCommand(program: Command, context: CliContext): void {
  program
    .command('rollback <model>')
    .description(
      'put the version back into production that was there before, in one step; approvals of the one that leaves are void. ' +
        'Who you are is what git config user.email says: it is kept as said, and not proved',
    )
    .requiredOption('--reason <text>', 'why')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((model: string, options: RollbackOptions) => rollBack(context, model, options));
}

async function rollBack(context: CliContext, model: string, options: RollbackOptions): Promise<void> {
  const name = namedModel(model);
  const reason = saidWhy('--reason', options.reason);
  await decide(context, options, {
    name,
    past: 'rolled back',
    ask: (client, by) => client.api.registry.rollback.mutate({ ...by, name, reason }),
  });
}
