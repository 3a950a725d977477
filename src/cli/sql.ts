// slipway sql "SELECT …"
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { runSql, type SqlAnswer } from '../client/sql/sql-process';
import type { SqlCell } from '../protocol/sql-query';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { csvText } from './csv-text';
import { usualTime } from './duration-option';
import { oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface SqlOptions extends CommonOptions {
  format?: 'table' | 'csv' | 'json';
  limit: number;
  timeout: number;
}

const most = { rows: 1_000_000, characters: 64_000_000, memory: 2 * 1024 ** 3, cell: 80 };

/** Adds `sql`, which asks the workspace's database one statement that only reads. */
export function registerSqlCommand(program: Command, context: CliContext): void {
  program
    .command('sql <statement>')
    .description('ask the database: one SQL statement that only reads, in a process of its own')
    .addOption(
      new Option('--format <form>', 'how to print the rows (default: table)').choices(['table', 'csv', 'json']),
    )
    .option('--limit <n>', `how many rows at most, up to ${most.rows}`, wholeNumber(most.rows), 1000)
    .addOption(
      usualTime('--timeout <time>', 'end the statement after so long: 500ms, 30s, 5m', '30s', {
        least: '1ms',
        most: '24h',
      }),
    )
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nWhich tables there are: slipway sql "select name from pragma_table_list"')
    .action((statement: string, options: SqlOptions) => ask(context, statement, options));
}

async function ask(context: CliContext, statement: string, options: SqlOptions): Promise<void> {
  if (options.json && (options.format ?? 'json') !== 'json') {
    throw new SlipwayError('invalid', `--json and --format ${options.format} cannot go together. Give one of them.`);
  }
  const client = await context.client(options);
  // The engine says which file it keeps, and has brought it to this version's schema.
  const { database } = await client.api.engine.status.query();
  const answer = await runSql(
    { database, statement, rows: options.limit, characters: most.characters, memory: most.memory },
    { bundle: context.ensureOptions.bundle, limit: options.timeout },
  );
  const format = options.json ? 'json' : (options.format ?? 'table');
  if (format === 'json') context.print({ json: true }, answerJson(answer), '');
  else context.print({}, undefined, format === 'csv' ? csvText([answer.columns, ...answer.rows]) : tableText(answer));
  if (answer.full !== null) process.stderr.write(`slipway: ${fullText(answer)}\n`);
}

function fullText({ full, rows }: SqlAnswer): string {
  const shown = `These are the first ${countText(rows.length, 'row')}; there are more.`;
  return full === 'rows'
    ? `${shown} --limit takes more, LIMIT and OFFSET in the statement go on.`
    : `${shown} Together they are as long as an answer may be; ask for fewer columns, or go on with LIMIT and OFFSET.`;
}

function answerJson({ columns: given, rows, full }: SqlAnswer): Record<string, unknown> {
  const columns = distinct(given);
  const items = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
  return { columns, items, next: null, truncated: full !== null };
}

/** An object holds a name once: the second `key` is `key:1`, as SQLite itself would call it. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let i = 1; taken.has(free); i += 1) free = `${name}:${i}`;
    taken.add(free);
    return free;
  });
}

function tableText({ columns, rows }: SqlAnswer): string {
  const heads = columns.map((name, index) => ({
    head: oneLine(name, most.cell),
    right: rows.every((row) => row[index] === null || typeof row[index] === 'number'),
  }));
  const cells = rows.map((row) => row.map(cellText));
  return textTable(heads, cells);
}

function cellText(cell: SqlCell): string {
  return cell === null ? '–' : oneLine(String(cell), most.cell);
}
