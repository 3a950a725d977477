// slipway approve MODEL@V and slipway approve MODEL --rules
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import type { CliContext, CommonOptions } from './context';
import { decide, namedModel, namedVersion } from './decision';

interface ApproveOptions extends CommonOptions {
  rules?: boolean;
  comment?: string;
}

/** Adds `approve`, by which a person agrees to a version, or to weaker rules. */
export function registerApproveCommand(program: Command, context: CliContext): void {
  program
    .command('approve <model>')
    .description(
      'agree to a version of a registered model as it is now, MODEL@V: a byte of the model, the data, the rules or the ' +
        'champion, and the approval is void. With --rules agree to what slipway.yaml now says of MODEL. Who you are is what ' +
        'git config user.email says: it is kept as said, and not proved',
    )
    .option('--rules', 'agree to changed rules of the model, and not to a version')
    .option('--comment <text>', 'what you looked at')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((model: string, options: ApproveOptions) => approve(context, model, options));
}

async function approve(context: CliContext, model: string, options: ApproveOptions): Promise<void> {
  const { comment = '' } = options;
  if (options.rules) {
    const name = namedModel(model);
    return decide(context, options, {
      name,
      ask: (client, by) => client.api.registry.approveRules.mutate({ ...by, name, comment }),
      past: 'given other rules',
    });
  }
  if (!model.includes('@')) {
    throw new SlipwayError('invalid', `Which version? Write ${model}@3, or --rules to agree to changed rules.`);
  }
  const version = namedVersion(model);
  await decide(context, options, {
    name: version.name,
    ask: (client, by) => client.api.registry.approve.mutate({ ...by, ...version, verdict: 'approved', comment }),
    past: 'approved',
  });
}
