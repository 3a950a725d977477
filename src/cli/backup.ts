// slipway backup [FILE]
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { BackupResult } from '../protocol/jobs/job';
import { bytesText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { runJob } from './job';
import { jsonKeys } from './json-keys';

interface BackupOptions extends CommonOptions {
  withArtifacts?: boolean;
  force?: boolean;
}

/** Adds `backup`, which copies the database while it is written to. */
export function registerBackupCommand(program: Command, context: CliContext): void {
  program
    .command('backup [file]')
    .description(
      'copy the database as it is now, while the engine runs (docs/bundles-and-backups.md says how to restore)',
    )
    .option('--with-artifacts', 'a zip file of the database, all artifacts and the recorded output')
    .option('--force', 'write over a file that is there')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (named: string | undefined, options: BackupOptions) => {
      const withArtifacts = options.withArtifacts ?? false;
      const file = resolve(named ?? usualName(withArtifacts));
      const request = { job: 'backup', file, withArtifacts, force: options.force ?? false } as const;
      const result = await runJob<BackupResult>(context, options, request);
      const what = withArtifacts ? 'The database, the artifacts and the recorded output' : 'The database';
      context.print(options, jsonKeys(result), `${what}: ${result.file} (${bytesText(result.bytes)}).`);
    });
}

function usualName(withArtifacts: boolean): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
  return `slipway-backup-${stamp}.${withArtifacts ? 'zip' : 'db'}`;
}
