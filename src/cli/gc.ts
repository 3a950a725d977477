// slipway gc
import type { Command } from 'commander';
import type { GcResult } from '../protocol/jobs/job';
import { kindCounts } from '../protocol/jobs/job-words';
import { bytesText, countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { usualTime } from './duration-option';
import { runJob } from './job';
import { reasonLines } from './job-text';
import { jsonKeys } from './json-keys';

interface GcOptions extends CommonOptions {
  olderThan: number;
  dryRun?: boolean;
}

const day = 86_400_000;
const hour = day / 24;

/** Adds `gc`, which empties the trash for good. */
export function registerGcCommand(program: Command, context: CliContext): void {
  program
    .command('gc')
    .description('empty the trash for good: runs, experiments, models and files, and contents that nothing names')
    .addOption(
      usualTime('--older-than <time>', 'what has been there for longer: 30d, 12h, 0d for all', '30d', {
        least: '0d',
        most: '36500d',
      }),
    )
    .option('--dry-run', 'only say what would be freed')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (options: GcOptions) => {
      const request = { job: 'gc', olderThan: options.olderThan, dryRun: options.dryRun ?? false } as const;
      const result = await runJob<GcResult>(context, options, request);
      context.print(options, jsonKeys(result), gcText(result, options.olderThan));
    });
}

function ageText(milliseconds: number): string {
  const [word, unit] = [['day', day] as const, ['hour', hour] as const].find(
    ([, each]) => milliseconds % each === 0,
  ) ?? ['second', 1000];
  return countText(milliseconds / unit, word);
}

function gcText(
  {
    runs,
    experiments,
    loggedModels,
    traces,
    versions,
    artifacts,
    objects,
    leftovers,
    database,
    kept,
    dryRun,
  }: GcResult,
  olderThan: number,
): string {
  const things = kindCounts({
    run: runs,
    experiment: experiments,
    'logged-model': loggedModels,
    trace: traces,
    'dataset-version': versions,
    file: artifacts,
  });
  const bytes = objects.bytes + leftovers.bytes;
  const isIdle = things === '' && objects.count + leftovers.count === 0;
  const why = `: nothing has been in the trash for ${ageText(olderThan)}. --older-than 0d takes all`;
  const lines = [
    isIdle
      ? `Nothing to erase${olderThan > 0 && kept.length === 0 ? why : ''}.`
      : `${dryRun ? 'Would erase' : 'Erased'} ${things || 'nothing'}; ${dryRun ? 'would free' : 'freed'} ${bytesText(bytes)}` +
        ` in ${countText(objects.count, 'content')} and ${countText(leftovers.count, 'leftover')}.`,
  ];
  if (database.freed > 0) lines.push(`The database is ${bytesText(database.freed)} smaller.`);
  if (database.reusable > 0) lines.push(`It has ${bytesText(database.reusable)} for new runs to use.`);
  return [...lines, ...reasonLines('Kept', kept)].join('\n');
}
