// slipway import PATH
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ImportResult } from '../protocol/jobs/job';
import { kindCounts } from '../protocol/jobs/job-words';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { runJob } from './job';
import { reasonLines } from './job-text';
import { jsonKeys } from './json-keys';

interface ImportOptions extends CommonOptions {
  dryRun?: boolean;
}

/** Adds `import`. Exit 1 when something was refused, 2 when something of another tool's store could not be read. */
export function registerImportCommand(program: Command, context: CliContext): void {
  program
    .command('import <path>')
    .description(
      'bring in what `slipway export` wrote, or the runs of another tool (MLflow, TensorBoard, W&B, Trackio, DVCLive): what is here already is left out',
    )
    .option('--dry-run', 'only say what would be brought in')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (file: string, options: ImportOptions) => {
      const request = { job: 'import', file: resolve(file), dryRun: options.dryRun ?? false } as const;
      const result = await runJob<ImportResult>(context, options, request);
      context.print(options, jsonKeys(result), result.source === null ? importText(result) : sourceText(result));
      if (result.refused.length > 0) process.exitCode = 1;
      else if (result.problems.length > 0) process.exitCode = 2;
    });
}

/** The result in words, also of a part of a repair. */
export function importText({
  imported,
  skipped,
  refused,
  dryRun,
}: Pick<ImportResult, 'imported' | 'skipped' | 'refused' | 'dryRun'>): string {
  const here = kindCounts(skipped);
  const came = kindCounts(imported);
  const first = dryRun ? `Would bring in ${came || 'nothing'}.` : `Brought in ${came || 'nothing'}.`;
  return [
    here === '' ? first : `${first} Already here: ${here}.`,
    ...reasonLines('Refused, and nothing of it kept', refused),
  ].join('\n');
}

/** The result of an import from another tool's store, in words. */
function sourceText({ source, imported, updated, skipped, points, dryRun, ...rest }: ImportResult): string {
  const [come, grown, here] = [imported, updated, skipped].map(kindCounts);
  const added = points > 0 ? `${countText(points, 'point')} in all.` : '';
  const sentences = [
    `${source?.path} is ${source?.what}.`,
    `${dryRun ? 'Would bring in' : 'Brought in'} ${come || 'nothing'}.`,
    grown ? `${dryRun ? 'Would bring up to date' : 'Brought up to date'}: ${grown}.` : '',
    added,
    here ? `Already here: ${here}.` : '',
  ];
  return [
    sentences.filter((sentence) => sentence !== '').join(' '),
    ...reasonLines('Refused, and nothing of it kept', rest.refused),
    ...reasonLines('Could not be read', rest.problems),
    ...reasonLines('Not taken', rest.leftOut),
  ].join('\n');
}
