// slipway profile TABLE
import type { Command } from 'commander';
import { withDataProcess } from '../client/data/data-process';
import type { Profile, ProfileColumn } from '../protocol/datasets/table/profile';
import { bytesText, countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { jsonKeys } from './json-keys';
import { namedTable } from './named-table';
import { numberText } from './number-text';
import { ProgressLine } from './progress-line';
import { oneLine, textTable } from './text-table';

interface ProfileOptions extends CommonOptions {
  label?: string;
}

/** Adds `profile`, which says what a table holds. */
export function registerProfileCommand(program: Command, context: CliContext): void {
  program
    .command('profile <table>')
    .description(
      'what a table holds, column by column, and what in it is worth a look. ' +
        'It is a file (.csv .tsv .json .jsonl .parquet .arrow) or DATASET@VERSION',
    )
    .option('--label <column>', 'the column to be predicted: columns that give it away are named')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((table: string, options: ProfileOptions) => profile(context, table, options));
}

async function profile(context: CliContext, name: string, options: ProfileOptions): Promise<void> {
  const { source, dataset } = await namedTable(context, options, name);
  const line = new ProgressLine();
  const found = await withDataProcess({ bundle: context.ensureOptions.bundle }, (data) =>
    data.ask(
      'profile',
      { source, label: options.label ?? dataset?.definition.label ?? null },
      { onProgress: (each) => line.show(each) },
    ),
  ).finally(() => line.clear());
  context.print(options, jsonKeys(found), profileText(found, 'query' in source));
}

function profileText(profile: Profile, isQuery: boolean): string {
  const { rows, bytes, columns, alerts, notes } = profile;
  const size = `${countText(rows, 'row', 'rows')}, ${countText(columns.length, 'column', 'columns')}, ${isQuery ? 'of ' : ''}${bytesText(bytes)}${isQuery ? ' that it reads' : ''}`;
  const table = textTable(
    [
      { head: 'column' },
      { head: 'type' },
      { head: 'null', right: true },
      { head: 'distinct', right: true },
      { head: 'min', right: true },
      { head: 'median', right: true },
      { head: 'max', right: true },
      { head: 'mean', right: true },
      { head: 'most frequent' },
      { head: 'notice' },
    ],
    columns.map((column) => cellsOf(column, rows)),
  );
  const sentences = [...alerts.map(({ text }) => `${text}.`), ...notes];
  return [`${size}.`, ...sentences, '', table, ...correlationText(profile)].join('\n');
}

function cellsOf(column: ProfileColumn, rows: number): string[] {
  const { name, kind, nulls, distinct, isDistinctExact, numbers, times, alerts } = column;
  const ends = numbers ?? times;
  const median = numbers?.quantiles?.p50 ?? times?.quantiles.p50 ?? null;
  return [
    oneLine(name, 40),
    kind,
    nulls === 0 ? '0' : `${((100 * nulls) / rows).toFixed(1)} %`,
    `${isDistinctExact ? '' : '~'}${distinct}`,
    shown(ends?.min),
    shown(median),
    shown(ends?.max),
    numbers === null ? '' : shown(numbers.mean),
    numbers === null && times === null ? frequent(column, rows) : '',
    oneLine(alerts.map(({ text }) => text).join('; '), 100),
  ];
}

function shown(value: string | number | null | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : numberText(value);
}

function frequent({ top, nulls }: ProfileColumn, rows: number): string {
  const filled = rows - nulls;
  const share = (count: number): string =>
    count / filled < 0.01 ? '< 1 %' : `${Math.round((100 * count) / filled)} %`;
  return top
    .slice(0, 3)
    .map(({ value, rows: count }) => `${oneLine(value, 20)} ${share(count)}`)
    .join(', ');
}

/** Of fewer rows any two columns go together. */
const leastTogether = 10;

function correlationText({ correlations: { pairs, rows, isSample } }: Profile): string[] {
  const strength = (pair: (typeof pairs)[number]): number => Math.abs(pair.spearman ?? pair.cramersV ?? 0);
  const strong = pairs
    .filter((pair) => pair.rows >= leastTogether && strength(pair) >= 0.5)
    .sort((a, b) => strength(b) - strength(a));
  if (strong.length === 0) return [];
  const told = strong.slice(0, 10).map(({ a, b, pearson, spearman, cramersV }) => {
    const numbers =
      cramersV === null
        ? `Pearson ${signed(pearson)}, Spearman ${signed(spearman)}`
        : `Cramér's V ${cramersV.toFixed(2)}`;
    return `  ${oneLine(a, 40)} and ${oneLine(b, 40)}: ${numbers}`;
  });
  const of = isSample ? ` (of ${rows.toLocaleString('en-US')} rows)` : '';
  return ['', `Go together${of}:`, ...told];
}

function signed(value: number | null): string {
  return value === null ? '–' : value.toFixed(2).replace('-', '−');
}
