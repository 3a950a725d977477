// slipway metrics RUN [--key KEY]
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import type { MetricSummary } from '../protocol/run';
import type { CliContext, CommonOptions } from './context';
import { numberText, timeText } from './number-text';
import { chooseRun } from './run-choice';
import { textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface MetricsOptions extends CommonOptions {
  key?: string;
  limit?: number;
  page?: string;
}

const mostPoints = 25_000;
const mostSummaries = 1000;
const mostNamed = 20;

/** Adds `metrics`, which prints a run's metrics in summary, or with `--key` one metric's points. */
export function registerMetricsCommand(program: Command, context: CliContext): void {
  program
    .command('metrics <run>')
    .description("print a run's metrics, or the points of one metric")
    .option('--key <metric>', "print this metric's points, in order")
    .option(
      '--limit <n>',
      `how many at most: points 1000 unless told, up to ${mostPoints}; metrics 200, up to ${mostSummaries}`,
      wholeNumber(mostPoints),
    )
    .option('--page <token>', 'go on where an earlier list ended')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (wanted: string, options: MetricsOptions) => {
      const client = await context.client(options);
      const runId = await chooseRun(client, wanted);
      if (options.key === undefined) await printSummaries(context, client, { runId, options });
      else await printPoints(context, client, { runId, key: options.key, options });
    });
}

async function printSummaries(
  context: CliContext,
  client: EngineClient,
  { runId, options }: { runId: string; options: MetricsOptions },
): Promise<void> {
  const limit = options.limit ?? 200;
  if (limit > mostSummaries) {
    throw new SlipwayError('invalid', `--limit takes at most ${mostSummaries} without --key. Go on with --page.`);
  }
  const { items, next } = await client.api.metrics.list.query({ runId, limit, page: options.page ?? null });
  const someNotFinite = items.some((each) => each.nonFinite > 0);
  const columns = ['POINTS', 'LAST', 'AT STEP', 'MIN', 'AT STEP', 'MAX', 'AT STEP'];
  if (someNotFinite) columns.push('NOT FINITE');
  const rows = items.map((each) => [
    each.key,
    ...[each.count, each.last, each.lastStep, each.min, each.minStep, each.max, each.maxStep].map(numberText),
    ...(someNotFinite ? [each.nonFinite === 0 ? '' : String(each.nonFinite)] : []),
  ]);
  const table = textTable([{ head: 'METRIC' }, ...columns.map((head) => ({ head, right: true }))], rows);
  const text = items.length === 0 ? 'No metrics.' : table + goOn(next);
  context.print(options, { items: items.map(summaryJson), next }, text);
}

async function printPoints(
  context: CliContext,
  client: EngineClient,
  { runId, key, options }: { runId: string; key: string; options: MetricsOptions },
): Promise<void> {
  const limit = options.limit ?? 1000;
  const { items, next } = await client.api.metrics.history.query({ runId, key, limit, page: options.page ?? null });
  if (items.length === 0) await checkKey(client, runId, key);
  const columns = [{ head: 'STEP', right: true }, { head: 'TIME' }, { head: key, right: true }];
  const rows = items.map((point) => [String(point.step), timeText(point.time), String(point.value)]);
  const text = items.length === 0 ? `No points of ${key}.` : textTable(columns, rows) + goOn(next);
  context.print(options, { items, next }, text);
}

/** A name with no points is mistyped: the names there are help more than an empty list. */
async function checkKey(client: EngineClient, runId: string, key: string): Promise<void> {
  const found = await client.api.metrics.list.query({ runId, keys: [key], limit: 1 });
  if (found.items.length > 0) return;
  const { items, next } = await client.api.metrics.list.query({ runId, limit: mostNamed });
  const names = items.map((each) => each.key).join(', ');
  const rest = next === null ? '' : ', and more: `slipway metrics` lists them';
  throw new SlipwayError(
    'not-found',
    items.length === 0
      ? `The run has no metric ${key}, and no other.`
      : `The run has no metric ${key}. It has ${names}${rest}.`,
  );
}

function goOn(next: string | null): string {
  return next === null ? '' : `\n\nThere is more. Go on with --page ${next}`;
}

function summaryJson(each: MetricSummary): Record<string, unknown> {
  return {
    key: each.key,
    count: each.count,
    last: each.last,
    last_step: each.lastStep,
    last_time: each.lastTime,
    min: each.min,
    min_step: each.minStep,
    max: each.max,
    max_step: each.maxStep,
    non_finite: each.nonFinite,
    direction: each.direction,
  };
}
