// slipway runs query FILTER
import { type Command, Option } from 'commander';
import type { Page, RunRecordJson } from '../protocol/run';
import { durationText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { experimentOf } from './experiment-choice';
import { numberText, timeText } from './number-text';
import { oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface QueryOptions extends CommonOptions {
  orderBy: string[];
  experiment?: string;
  deleted?: boolean;
  limit: number;
  page?: string;
}

const idDigits = 12;
const mostNamed = 6;

/** Adds `runs query`, which finds runs by MLflow's search grammar with OR, NOT, parentheses and params as numbers. */
export function registerRunsQueryCommand(runs: Command, context: CliContext): void {
  runs
    .command('query [filter]')
    .description('find runs by a filter in the search grammar (docs/command-line.md); without one, all')
    .addOption(
      new Option('--order-by <key>', "sort by a key, e.g. 'metrics.auc DESC'; may be given several times")
        .argParser((key: string, keys: string[]) => [...keys, key])
        .default([], 'newest first'),
    )
    .option('--experiment <name>', 'only runs of this experiment (its name or id)')
    .option('--deleted', 'look in the trash')
    .option('--limit <n>', 'how many at most, up to 10000', wholeNumber(10_000), 50)
    .option('--page <token>', 'go on where an earlier list ended')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample: slipway runs query "metrics.auc > 0.7 AND (params.lr < 0.01 OR tags.team = \'vision\')"',
    )
    .action((filter: string | undefined, options: QueryOptions) => query(context, filter ?? '', options));
}

async function query(context: CliContext, filter: string, options: QueryOptions): Promise<void> {
  const client = await context.client(options);
  const found = await client.api.runs.query.query({
    filter,
    orderBy: options.orderBy,
    experimentId: options.experiment === undefined ? null : await experimentOf(client, options.experiment),
    deleted: options.deleted ?? false,
    limit: options.limit,
    page: options.page ?? null,
  });
  context.print(options, found, foundText(found, namedKeys([filter, ...options.orderBy])));
}

interface NamedKey {
  kind: 'metrics' | 'params' | 'tags';
  key: string;
}

/** The metrics, params and tags that a question names: who asks by them wants to see them. */
function namedKeys(texts: readonly string[]): NamedKey[] {
  const found = new Map<string, NamedKey>();
  for (const text of texts) {
    const bare = text.replace(/'[^']*'/g, "''");
    for (const [, word = '', quoted, plain] of bare.matchAll(
      /\b(metric|param|parameter|tag)s?\.(?:[`"]([^`"]+)[`"]|([\w/.:@$#-]+))/g,
    )) {
      const kind = word === 'metric' ? 'metrics' : word === 'tag' ? 'tags' : 'params';
      const key = quoted ?? plain ?? '';
      found.set(`${kind}.${key}`, { kind, key });
    }
  }
  return [...found.values()].slice(0, mostNamed);
}

function foundText({ items: runs, next }: Page<RunRecordJson>, named: readonly NamedKey[]): string {
  if (runs.length === 0) return 'No run is found.';
  const columns = [
    ...['RUN', 'NAME', 'STATUS', 'STARTED'].map((head) => ({ head })),
    { head: 'TOOK', right: true },
    ...named.map(({ kind, key }) => ({ head: oneLine(key, 30), right: kind === 'metrics' })),
  ];
  const rows = runs.map((run) => [
    run.run_id.slice(0, idDigits),
    oneLine(run.name, 40),
    run.status,
    timeText(run.start_time),
    run.end_time === null ? '–' : durationText(run.end_time - run.start_time),
    ...named.map((each) => valueText(run, each)),
  ]);
  return textTable(columns, rows) + (next === null ? '' : `\n\nThere are more. Go on with --page ${next}`);
}

function valueText(run: RunRecordJson, { kind, key }: NamedKey): string {
  if (!Object.hasOwn(run[kind], key)) return '–';
  return kind === 'metrics' ? numberText(run.metrics[key] ?? null) : oneLine(run[kind][key] ?? '', 30);
}
