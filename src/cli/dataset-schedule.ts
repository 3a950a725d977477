// slipway dataset schedule, and what else a machine's user agrees to: what slipway.yaml asks to run is inert until then.
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import type { DatasetDefinition, DatasetSummary } from '../protocol/datasets/dataset';
import type { CliContext, CommonOptions } from './context';
import { common, referenceOf } from './dataset-arguments';
import { jsonKeys } from './json-keys';
import { scheduleLines } from './schedule-text';

interface ScheduleOptions extends CommonOptions {
  enable?: boolean;
  disable?: boolean;
}

/** Adds it to `slipway dataset`. */
export function registerScheduleCommand(datasets: Command, context: CliContext): void {
  common(datasets.command('schedule <dataset>'), 'when a dataset is fetched by itself, and how that went')
    .option('--enable', 'let this machine fetch it by schedule, exactly as slipway.yaml says it now')
    .option('--disable', 'fetch it by schedule no more on this machine')
    .action((named: string, options: ScheduleOptions) => schedule(context, named, options));
}

async function schedule(context: CliContext, named: string, options: ScheduleOptions): Promise<void> {
  if (options.enable && options.disable) throw new SlipwayError('invalid', 'Say --enable or --disable, not both.');
  const client = await context.client(options);
  const { dataset } = referenceOf(named);
  let summary = await client.api.datasets.get.query({ dataset });
  if (options.enable || options.disable) {
    const fingerprint = options.enable ? (summary.schedule?.fingerprint ?? null) : null;
    summary = await client.api.datasets.schedule.mutate({ dataset, fingerprint });
  }
  context.print(options, jsonKeys({ dataset, schedule: summary.schedule }), scheduleText(summary));
}

function scheduleText({ name, definition, schedule: found }: DatasetSummary): string {
  if (found === null) return `${name} has no schedule in slipway.yaml.`;
  const how = found.state === 'on' ? [] : [`\`slipway dataset schedule ${name} --enable\` lets this machine do it.`];
  return [`${name}: ${scheduleLines(found).join('\n')}`, `It runs: ${sourceText(definition)}`, ...how].join('\n');
}

function sourceText({ source }: DatasetDefinition): string {
  if (source === undefined) return 'nothing';
  if ('url' in source) return `fetch ${source.url}`;
  return 'command' in source ? source.command : `${source.query}  (over ${source.sqlite})`;
}

/** Lets the command of a dataset run here, and says on stderr which that is. */
export async function allowCommand(context: CliContext, dataset: string, options: CommonOptions): Promise<void> {
  const { api } = await context.client(options);
  const { command } = await api.datasets.get.query({ dataset });
  if (command === null)
    throw new SlipwayError('invalid', `${dataset} is made by no command. Leave --allow-command out.`);
  if (command.isAllowed) return;
  await api.datasets.allowCommand.mutate({ dataset, fingerprint: command.fingerprint });
  process.stderr.write(`Allowed on this machine from now on: ${command.text}\n`);
}
