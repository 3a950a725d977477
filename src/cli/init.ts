// slipway init
import type { Command } from 'commander';
import { EngineClient } from '../client/engine-client';
import { ensureEngine } from '../client/ensure-engine';
import { writeFirstConfig } from '../client/first-config';
import { isWorkspace, requireFolder } from '../client/workspace';
import { WorkspaceLayout } from '../protocol/folder/layout';
import type { CliContext, CommonOptions } from './context';

/** Adds `init`, which makes a folder a workspace: slipway.yaml to commit, .slipway for the records. */
export function registerInitCommand(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('make a folder a Slipway workspace')
    .option('--workspace <dir>', 'the folder (default: the current one)')
    .option('--json', 'print JSON')
    .action(async (options: CommonOptions) => {
      const layout = new WorkspaceLayout(requireFolder(options.workspace ?? process.cwd(), false));
      const wasOne = isWorkspace(layout.root);
      const created = writeFirstConfig(layout.root);
      const engine = new EngineClient(await ensureEngine(layout.root, context.ensureOptions));
      const { notes } = await engine.api.engine.status.query();
      for (const note of notes) process.stderr.write(`slipway: ${note}\n`);
      context.print(
        options,
        { workspace: layout.root, created },
        `${layout.root} ${wasOne ? 'already is' : 'is now'} a Slipway workspace.\nNext: run your training with \`slipway run -- python train.py\`, or open the folder in VS Code.`,
      );
    });
}
