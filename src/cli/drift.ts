// slipway drift REF CUR
import { type Command, InvalidArgumentError, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { withDataProcess } from '../client/data/data-process';
import {
  type Drift,
  type DriftColumn,
  type DriftMethod,
  type DriftPreset,
  type DriftVerdict,
  driftMethods,
  driftOptions,
  driftPresets,
} from '../protocol/datasets/drift';
import {
  columnWeights,
  type KnownWeights,
  weightShares,
  weightSourceText,
  weightText,
} from '../protocol/datasets/panel/column-weights';
import { smallMovesText } from '../protocol/datasets/panel/small-moves';
import type { CliContext, CommonOptions } from './context';
import { lastTables, referenceTable } from './drift-reference';
import { type NamedTable, namedTable } from './named-table';
import { numberText } from './number-text';
import { oneLine, textTable } from './text-table';

interface CommandOptions extends CommonOptions {
  preset: DriftPreset;
  columns?: string[];
  method?: DriftMethod;
  threshold?: number;
  reference?: string;
}

const exitCodes: Readonly<Record<DriftVerdict, number>> = { 'no drift': 0, drift: 1, 'too small to tell': 2 };

/** Adds `drift`, which says how far a table has moved from its reference. */
export function registerDriftCommand(program: Command, context: CliContext): void {
  program
    .command('drift <reference> [current]')
    .description(
      'has a table moved from its reference, column by column: exit 0 no drift, 1 drift, 2 cannot tell. ' +
        'Each is a file (.csv .tsv .json .jsonl .parquet .arrow) or DATASET@VERSION; ' +
        'the reference may be several versions of a dataset: A@v1,A@v2 A@v3',
    )
    .addOption(
      new Option('--preset <name>', 'how columns are judged: slipway knows noise, evidently is Evidently exactly')
        .choices(driftPresets)
        .default('slipway'),
    )
    .option('--reference <last:N>', 'the N versions before are the reference: slipway drift A@v4 --reference last:3')
    .option('--columns <names>', 'only these columns, with commas between them; may be given again', columnNames)
    .addOption(new Option('--method <name>', 'the method for every column it can judge').choices(driftMethods))
    .option('--threshold <number>', 'drift from this score on; of a test: up to this p', thresholdOf)
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (first: string, second: string | undefined, options: CommandOptions) =>
      drift(context, await comparedTables(context, [first, second], options), options),
    );
}

interface Compared {
  reference: NamedTable;
  current: NamedTable;
}

async function comparedTables(
  context: CliContext,
  [first, second]: [string, string | undefined],
  options: CommandOptions,
): Promise<Compared> {
  const last = options.reference;
  if (last === undefined && second !== undefined) {
    const reference = await referenceTable(context, options, first);
    return { reference, current: await namedTable(context, options, second) };
  }
  if (last === undefined) {
    const sentence = 'Name the reference and what is measured against it, or give --reference last:N.';
    throw new SlipwayError('invalid', sentence);
  }
  if (second !== undefined) {
    throw new SlipwayError('invalid', `There are two references: ${first} and --reference ${last}. Leave one out.`);
  }
  const current = await namedTable(context, options, first);
  return { reference: await lastTables(context, options, { current, last }), current };
}

async function drift(
  context: CliContext,
  { reference: before, current: after }: Compared,
  options: CommandOptions,
): Promise<void> {
  const asked = driftOptions.parse({
    preset: options.preset,
    columns: options.columns,
    method: options.method,
    threshold: options.threshold,
    keys: [after.dataset?.definition.key ?? before.dataset?.definition.key ?? []].flat(),
  });
  const found = await withDataProcess({ bundle: context.ensureOptions.bundle }, (data) =>
    data.ask('drift', { reference: before.source, current: after.source, options: asked }),
  );
  if (options.json && found.skipped.length > 0) process.stderr.write(`${skippedText(found)}\n`);
  const known = options.json ? noWeights : await weightsOf(context, options, { reference: before, current: after });
  context.print(options, driftJson(found), driftText(found, known));
  // Evidently has no word for a column that is gone.
  const isUntold = found.dataset.verdict === 'no drift' && lostColumns(found).length > 0;
  process.exitCode = exitCodes[isUntold ? 'too small to tell' : found.dataset.verdict];
}

function columnNames(text: string, all: string[] = []): string[] {
  return [...all, ...text.split(',').filter((name) => name !== '')];
}

function thresholdOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('It is a number from 0 on.');
  return value;
}

function driftJson({ columns, skipped, dataset }: Drift): unknown {
  return {
    columns: columns.map(({ column, kind, method, score, pValue, threshold, noise, verdict }) => ({
      column,
      kind,
      method,
      score,
      p_value: pValue,
      threshold,
      noise,
      verdict,
    })),
    dataset: {
      drifted: dataset.drifted,
      columns: dataset.columns,
      share: dataset.share,
      verdict: dataset.verdict,
    },
    skipped: skipped.map(({ column, reason }) => ({ column, reason })),
  };
}

const order: Readonly<Record<DriftVerdict, number>> = { drift: 0, 'too small to tell': 1, 'no drift': 2 };

const noWeights: KnownWeights = { weights: {}, source: null };

/** What each column counts in the model; of files nothing is known. */
async function weightsOf(
  context: CliContext,
  options: CommandOptions,
  { reference, current }: Compared,
): Promise<KnownWeights> {
  const name = (current.dataset ?? reference.dataset)?.version.dataset;
  if (name === undefined) return noWeights;
  return (await context.client(options)).api.datasetPanel.weights.query({ dataset: name });
}

function driftText(found: Drift, known: KnownWeights): string {
  const shares = weightShares(found.columns, columnWeights(known, found));
  const columns = [...found.columns].sort(
    (a, b) => order[a.verdict] - order[b.verdict] || (shares.get(b.column) ?? -1) - (shares.get(a.column) ?? -1),
  );
  const hasNoise = columns.some(({ noise }) => noise !== null);
  const heads = [
    { head: 'column' },
    ...(shares.size > 0 ? [{ head: 'weight', right: true }] : []),
    { head: 'kind' },
    { head: 'method' },
    { head: 'score', right: true },
    { head: 'threshold', right: true },
    ...(hasNoise ? [{ head: 'noise', right: true }] : []),
    { head: found.preset === 'slipway' ? 'p, BH' : 'p', right: true },
    { head: 'verdict' },
  ];
  const table = textTable(
    heads,
    columns.map((column) => cellsOf(column, { hasNoise, shares })),
  );
  const from = shares.size > 0 && known.source !== null ? ['', `Weights are ${weightSourceText(known.source)}.`] : [];
  const small = smallMovesText(found);
  const moves = small === undefined ? [] : ['', oneLine(small, 600)];
  return [
    summary(found),
    '',
    table,
    ...moves,
    ...from,
    ...(found.skipped.length > 0 ? ['', skippedText(found)] : []),
  ].join('\n');
}

function cellsOf(
  column: DriftColumn,
  { hasNoise, shares }: { hasNoise: boolean; shares: ReadonlyMap<string, number> },
): string[] {
  const { kind, method, score, threshold, noise, pValue, pAdjusted, verdict } = column;
  return [
    oneLine(column.column, 60),
    ...(shares.size > 0 ? [weightText(shares.get(column.column))] : []),
    kind,
    method,
    numberText(score),
    numberText(threshold),
    ...(hasNoise ? [numberText(noise)] : []),
    probability(pAdjusted ?? pValue),
    verdict,
  ];
}

/** As a p is read: three digits, never 0. */
function probability(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, '');
}

/** So many columns are named in the first line. */
const mostNamed = 3;

function lostColumns({ skipped }: Drift): string[] {
  return skipped.filter(({ isLost }) => isLost).map(({ column, reason }) => `${oneLine(column, 60)} ${reason}`);
}

function summary(found: Drift): string {
  const { dataset, preset } = found;
  const lost = lostColumns(found);
  const more = lost.length - mostNamed;
  const named = [...lost.slice(0, mostNamed), ...(more > 0 ? [`${more} more columns cannot be compared`] : [])].join(
    '; ',
  );
  const columns = `${dataset.columns} ${dataset.columns === 1 ? 'column' : 'columns'}`;
  const verdict = { drift: 'Drift', 'no drift': 'No drift', 'too small to tell': 'Too small to tell' }[dataset.verdict];
  const half = Math.ceil(dataset.columns / 2);
  const share =
    preset === 'evidently'
      ? `; drift of the dataset begins at half of the columns (${half} of ${dataset.columns})`
      : '';
  const counted = `${dataset.drifted} of ${columns} drifted${share}`;
  const isSmall = found.columns.some((column) => column.verdict === 'too small to tell');
  if (lost.length > 0 && dataset.verdict !== 'drift' && !isSmall) return `Cannot tell: ${named}. Else ${counted}.`;
  return `${[`${verdict}: ${counted}`, ...(lost.length > 0 ? [named] : [])].join('; ')}.`;
}

function skippedText({ skipped }: Drift): string {
  return skipped.map(({ column, reason }) => `Not judged: ${oneLine(column, 60)} ${reason}.`).join('\n');
}
