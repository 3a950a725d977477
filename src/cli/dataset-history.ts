// slipway dataset anomalies|expected: what of a version is unlike the versions before it, and what of that is right.
import { Argument, type Command } from 'commander';
import type { BatchMeasure } from '../protocol/datasets/contract/check';
import type { VersionAnomalies } from '../protocol/datasets/contract/check-api';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { common, referenceOf } from './dataset-arguments';
import { jsonKeys } from './json-keys';

const measures: readonly BatchMeasure[] = ['rows', 'nulls', 'distinct', 'mean'];

/** Adds both to `slipway dataset`. */
export function registerHistoryCommands(datasets: Command, context: CliContext): void {
  common(
    datasets.command('anomalies <dataset>'),
    'what of NAME@VERSION is far from the versions before it: exit 0 nothing, 2 something that nobody expected',
  ).action((named: string, options: CommonOptions) => anomalies(context, named, options));
  common(datasets.command('expected <version>'), 'say that a number of NAME@VERSION was to be expected')
    .addArgument(new Argument('<measure>', 'which number').choices(measures))
    .argument('[column]', 'of which column; none for rows')
    .option('--undo', 'it was not to be expected')
    .action(
      (named: string, measure: BatchMeasure, column: string | undefined, options: CommonOptions & { undo?: boolean }) =>
        expected(context, { named, measure, column: column ?? null }, options),
    );
}

async function anomalies(context: CliContext, named: string, options: CommonOptions): Promise<void> {
  const client = await context.client(options);
  const found = await client.api.checks.anomalies.query(referenceOf(named));
  context.print(options, jsonKeys({ ...found }), anomaliesText(found));
  process.exitCode = found.anomalies.some(({ isExpected }) => !isExpected) ? 2 : 0;
}

function anomaliesText({ anomalies: found, compared, least }: VersionAnomalies): string {
  const earlier = countText(compared, 'earlier version');
  if (compared < least) return `There ${compared === 1 ? 'is' : 'are'} ${earlier}; it takes ${least} to compare with.`;
  if (found.length === 0) return `Nothing is far from ${earlier}.`;
  return found.map(({ sentence, isExpected }) => (isExpected ? `${sentence} It was expected.` : sentence)).join('\n');
}

async function expected(
  context: CliContext,
  { named, measure, column }: { named: string; measure: BatchMeasure; column: string | null },
  options: CommonOptions & { undo?: boolean },
): Promise<void> {
  const client = await context.client(options);
  const change = { ...referenceOf(named), measure, column, expected: !options.undo };
  const undo = await client.api.checks.expect.mutate(change);
  const what = column === null ? measure : `${measure} of ${column}`;
  const said = change.expected ? 'were expected' : 'are told again';
  const text = `${change.dataset}@${undo.version.slice(0, 12)}: the ${what} ${said}.`;
  context.print(options, jsonKeys({ ...change, version: undo.version }), text);
}
