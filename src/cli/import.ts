// slipway import FILE
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ImportResult } from '../protocol/jobs/job';
import { kindCounts } from '../protocol/jobs/job-words';
import type { CliContext, CommonOptions } from './context';
import { runJob } from './job';
import { reasonLines } from './job-text';
import { jsonKeys } from './json-keys';

interface ImportOptions extends CommonOptions {
  dryRun?: boolean;
}

/** Adds `import`, which brings in what `export` wrote. Exit 1 when something was refused. */
export function registerImportCommand(program: Command, context: CliContext): void {
  program
    .command('import <file>')
    .description('bring in what `slipway export` wrote: what is here already is left out, nothing is written over')
    .option('--dry-run', 'only say what would be brought in')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (file: string, options: ImportOptions) => {
      const request = { job: 'import', file: resolve(file), dryRun: options.dryRun ?? false } as const;
      const result = await runJob<ImportResult>(context, options, request);
      context.print(options, jsonKeys(result), importText(result));
      if (result.refused.length > 0) process.exitCode = 1;
    });
}

/** The result in words, also of a part of a repair. */
export function importText({ imported, skipped, refused, dryRun }: Omit<ImportResult, 'missing'>): string {
  const here = kindCounts(skipped);
  const came = kindCounts(imported);
  const first = dryRun ? `Would bring in ${came || 'nothing'}.` : `Brought in ${came || 'nothing'}.`;
  return [
    here === '' ? first : `${first} Already here: ${here}.`,
    ...reasonLines('Refused, and nothing of it kept', refused),
  ].join('\n');
}
