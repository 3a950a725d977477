// slipway reject MODEL@V
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from './context';
import { decide, namedVersion, saidWhy } from './decision';

interface RejectOptions extends CommonOptions {
  comment: string;
}

/** Adds `reject`, by which a person keeps a version from moving until they agree to it. */
export function registerRejectCommand(program: Command, context: CliContext): void {
  program
    .command('reject <version>')
    .description(
      'say no to a version, MODEL@V: it moves to no protected place until you approve it. Who you are is what git config ' +
        'user.email says: it is kept as said, and not proved',
    )
    .requiredOption('--comment <text>', 'why')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((version: string, options: RejectOptions) => reject(context, version, options));
}

async function reject(context: CliContext, named: string, options: RejectOptions): Promise<void> {
  const version = namedVersion(named);
  const comment = saidWhy('--comment', options.comment);
  await decide(context, options, {
    name: version.name,
    past: 'rejected',
    ask: (client, by) => client.api.registry.approve.mutate({ ...by, ...version, verdict: 'rejected', comment }),
  });
}
