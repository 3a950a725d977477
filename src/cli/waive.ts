// slipway waive MODEL@V RULE
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from './context';
import { decide, namedVersion, saidWhy } from './decision';
import { untilOption } from './until-option';

interface WaiveOptions extends CommonOptions {
  reason: string;
  until: number;
}

/** Adds `waive`, by which a person lets a version pass without one rule for a while. */
export function registerWaiveCommand(program: Command, context: CliContext): void {
  program
    .command('waive <version> <rule>')
    .description(
      'let a version, MODEL@V, pass without the rule of that id for a while; never a signature. Who you are is what git ' +
        'config user.email says: it is kept as said, and not proved',
    )
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--until <when>', 'how long: 12h, 7d, or through a day: 2027-01-31', untilOption(Date.now()))
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((version: string, rule: string, options: WaiveOptions) => waive(context, { version, rule }, options));
}

async function waive(
  context: CliContext,
  { version, rule }: { version: string; rule: string },
  options: WaiveOptions,
): Promise<void> {
  const named = namedVersion(version);
  const reason = saidWhy('--reason', options.reason);
  const expires = options.until;
  await decide(context, options, {
    name: named.name,
    past: `let pass without ${rule}`,
    ask: (client, by) => client.api.registry.waive.mutate({ ...by, ...named, rule, reason, expires }),
    more: { rule, expires },
  });
}
