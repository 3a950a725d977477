// slipway env
import type { Command } from 'commander';
import { trackingEnvironment } from '../client/tracking-environment';
import type { CliContext, CommonOptions } from './context';

/** Adds `env`, which prints what a program needs in its environment to log into this workspace. */
export function registerEnvCommand(program: Command, context: CliContext): void {
  program
    .command('env')
    .description('print the variables by which MLflow clients find this workspace, as dotenv lines')
    .addHelpText('after', '\nIn a shell: set -a; eval "$(slipway env)"; set +a')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (options: CommonOptions) => {
      const variables = trackingEnvironment((await context.client(options)).address);
      const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
      context.print(options, variables, lines.join('\n'));
    });
}
