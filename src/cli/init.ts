// slipway init
import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { SlipwayError, systemCodeOf } from '../base/errors';
import { ensureEngine } from '../client/ensure-engine';
import { requireFolder } from '../client/workspace';
import { WorkspaceLayout } from '../protocol/layout';
import type { CliContext, CommonOptions } from './context';

const firstConfig = `# Slipway's settings for this project: commit this file.
# Which way is better, and which metric is shown beside a run's name:
#   metrics: { roc_auc: { direction: up, headline: true }, log_loss: { direction: down } }
version: 1
`;

/** Adds `init`, which makes a folder a workspace: slipway.yaml to commit, .slipway for the records. */
export function registerInitCommand(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('make a folder a Slipway workspace')
    .option('--workspace <dir>', 'the folder (default: the current one)')
    .option('--json', 'print JSON')
    .action(async (options: CommonOptions) => {
      const layout = new WorkspaceLayout(requireFolder(options.workspace ?? process.cwd(), false));
      const created = writeConfig(layout);
      await ensureEngine(layout.root, context.ensureOptions);
      context.print(
        options,
        { workspace: layout.root, created },
        `${layout.root} is a Slipway workspace.\nNext: run your training with \`slipway run -- python train.py\`, or open the folder in VS Code.`,
      );
    });
}

function writeConfig(layout: WorkspaceLayout): boolean {
  if (existsSync(layout.config)) return false;
  try {
    writeFileSync(layout.config, firstConfig, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw new SlipwayError('read-only', `${layout.root} cannot be written to. Check the folder's permissions.`, {
      cause: error,
    });
  }
}
