// slipway diff BEFORE AFTER
import type { Command } from 'commander';
import { withDataProcess } from '../client/data/data-process';
import type {
  ColumnDiff,
  DiffExamples,
  DiffRow,
  RowsDiff,
  SchemaDiff,
  TableDiff,
} from '../protocol/datasets/table/diff';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { jsonKeys } from './json-keys';
import { namedTable } from './named-table';
import { numberText } from './number-text';
import { ProgressLine } from './progress-line';
import { oneLine, textTable } from './text-table';

interface DiffOptions extends CommonOptions {
  key?: string[];
  exitCode?: boolean;
}

/** Adds `diff`, which says what differs between two tables. */
export function registerDiffCommand(program: Command, context: CliContext): void {
  program
    .command('diff <before> <after>')
    .description(
      'what differs between two tables: columns, rows and numbers. ' +
        'Each is a file (.csv .tsv .json .jsonl .parquet .arrow) or DATASET@VERSION',
    )
    .option(
      '--key <columns>',
      'the columns that tell rows apart, with commas between them; without: whole rows are compared',
      (names: string, all: string[] = []) => [...all, ...names.split(',').filter((name) => name !== '')],
    )
    .option('--exit-code', 'exit 1 when the tables differ, 2 when rows had to be left out; without: 0 either way')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((before: string, after: string, options: DiffOptions) => diff(context, { before, after }, options));
}

async function diff(
  context: CliContext,
  names: { before: string; after: string },
  options: DiffOptions,
): Promise<void> {
  const before = await namedTable(context, options, names.before);
  const after = await namedTable(context, options, names.after);
  const declared = after.dataset?.definition.key ?? before.dataset?.definition.key ?? [];
  const key = options.key ?? [declared].flat();
  const line = new ProgressLine();
  const found = await withDataProcess({ bundle: context.ensureOptions.bundle }, (data) =>
    data.ask('diff', { before: before.source, after: after.source, key }, { onProgress: (each) => line.show(each) }),
  ).finally(() => line.clear());
  context.print(options, jsonKeys(found), diffText(found));
  if (options.exitCode === true) process.exitCode = exitCodeOf(found);
}

/** As `git diff --exit-code`: 1 when anything differs. Rows whose key occurs more than once were compared with nothing: 2. */
function exitCodeOf({ schema, rows }: TableDiff): number {
  const { added, removed, retyped, isReordered } = schema;
  const isOther = isReordered || [added, removed, retyped].some((columns) => columns.length > 0);
  if (isOther || rows.added + rows.removed + rows.changed > 0) return 1;
  return rows.ambiguous.before + rows.ambiguous.after > 0 ? 2 : 0;
}

function diffText({ schema, rows, examples, columns, notes }: TableDiff): string {
  return [
    ...rowLines(rows),
    ...schemaLines(schema),
    ...notes,
    ...exampleLines(examples, rows.key.length),
    '',
    numbersTable(columns),
  ].join('\n');
}

function rowLines({ key, before, after, added, removed, changed, same, ambiguous, columns }: RowsDiff): string[] {
  const by = key.length === 0 ? 'whole rows' : `by ${key.join(', ')}`;
  const counts = [
    `${added} added`,
    `${removed} removed`,
    ...(key.length === 0 ? [] : [`${counted(changed)} changed`]),
    `${counted(same)} the same`,
  ];
  const twice = ambiguous.before + ambiguous.after;
  return [
    `${countText(before, 'row', 'rows')} before, ${counted(after)} after (${by}): ${counts.join(', ')}.`,
    ...(twice === 0
      ? []
      : [
          `Left out: ${countText(twice, 'row', 'rows')} whose key occurs more than once (${ambiguous.before} before, ${ambiguous.after} after).`,
        ]),
    ...(columns.length === 0
      ? []
      : [
          `Changed in ${columns
            .slice(0, 20)
            .map(({ name, rows }) => `${oneLine(name, 40)} (${countText(rows, 'row', 'rows')})`)
            .join(', ')}.`,
        ]),
  ];
}

function schemaLines({ added, removed, retyped, isReordered }: SchemaDiff): string[] {
  const list = (columns: SchemaDiff['added']): string =>
    columns.map(({ name, kind }) => `${oneLine(name, 40)} (${kind})`).join(', ');
  return [
    ...(added.length === 0 ? [] : [`New columns: ${list(added)}.`]),
    ...(removed.length === 0 ? [] : [`Columns that are gone: ${list(removed)}.`]),
    ...retyped.map(({ name, before, after }) => `${oneLine(name, 40)} was ${before.type} and is ${after.type}.`),
    ...(isReordered ? ['The columns stand in another order.'] : []),
  ];
}

function exampleLines(examples: DiffExamples, keys: number): string[] {
  const { columns, added, removed, changed } = examples;
  if (columns.length === 0) return [];
  const row = (cells: DiffRow['after']): string => (cells ?? []).map((cell) => oneLine(cell ?? 'null', 30)).join(', ');
  const whole = (sign: string, { before, after, times }: DiffRow): string =>
    `${sign} ${oneLine(row(after ?? before), 160)}${times > 1 ? ` (${times} times)` : ''}`;
  const changes = changed.map(({ before, after, changed: names }) => {
    const told = names.map((name) => {
      const at = columns.indexOf(name);
      return `${oneLine(name, 40)} ${oneLine(before?.[at] ?? 'null', 30)} → ${oneLine(after?.[at] ?? 'null', 30)}`;
    });
    return `~ ${row((after ?? []).slice(0, keys))}: ${oneLine(told.join(', '), 200)}`;
  });
  // Changes name their columns themselves.
  const heads = columns.map((name, at) => `${oneLine(name, 30)}${at < keys ? ' (key)' : ''}`);
  const header = added.length + removed.length === 0 ? [] : [`  ${oneLine(heads.join(', '), 160)}`];
  const lines = [
    ...header,
    ...added.map((each) => whole('+', each)),
    ...removed.map((each) => whole('-', each)),
    ...changes,
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}

function numbersTable(columns: readonly ColumnDiff[]): string {
  const pair = (before: number | null | undefined, after: number | null | undefined): string[] =>
    [before, after].map((value) => (value === undefined ? '' : numberText(value)));
  return textTable(
    [
      { head: 'column' },
      ...['null', 'distinct', 'mean', 'median'].flatMap((head) => [
        { head, right: true },
        { head: 'after', right: true },
      ]),
    ],
    columns.map(({ name, before, after }) => [
      oneLine(name, 40),
      ...pair(before?.nulls, after?.nulls),
      ...pair(before?.distinct, after?.distinct),
      ...pair(before?.mean, after?.mean),
      ...pair(before?.quantiles?.p50, after?.quantiles?.p50),
    ]),
  );
}

function counted(rows: number): string {
  return rows.toLocaleString('en-US');
}
