// slipway gate FILE.onnx --model NAME
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { exactJson } from '../base/exact-json';
import { writeWholeFile } from '../client/files/whole-file';
import { withGateProcess } from '../client/gate/gate-process';
import { formatOfName } from '../protocol/datasets/table-source';
import type { GateFilesQuery, GatePlan, GatePlanTable, GateRows } from '../protocol/models/gate/gate-questions';
import type { GateReport } from '../protocol/models/gate/gate-report';
import type { KeptGate } from '../protocol/models/registry/model-version';
import type { CliContext, CommonOptions } from './context';
import { usualTime } from './duration-option';
import { gateJunit } from './gate-junit';
import { fileModels, versionModels, versionNamed } from './gate-subject';
import { gateJson, gateMarkdown, gateText } from './gate-text';
import { runJob } from './job';
import { requireRegistry } from './known-registry';
import { namedTable } from './named-table';
import { ProgressLine } from './progress-line';
import { chooseTable } from './table-choice';

interface GateOptions extends CommonOptions {
  model?: string;
  rules?: string;
  against?: string;
  data?: string;
  label?: string;
  id?: string;
  output?: string;
  report?: 'md' | 'junit' | 'json';
  write?: string[];
  warningsPass?: boolean;
  timeout: number;
}

/** Adds `gate`, which holds a model against the rules of slipway.yaml. */
export function registerGateCommand(program: Command, context: CliContext): void {
  program
    .command('gate <subject>')
    .description(
      'hold a model against the rules that slipway.yaml has for it, on its holdout: an .onnx file, which needs no workspace ' +
        'and no engine and so works in CI, or a version of a registered model, NAME@V, which the engine judges and keeps the verdict of. Exit 0 pass, 1 fail, 2 inconclusive or warnings, 3 a rule could not be run',
    )
    .option(
      '--model <name>',
      'the entry of models in slipway.yaml whose rules count (default: the name of the version)',
    )
    .option(
      '--against <model>',
      'what rules compare with: an .onnx file, git:REF:PATH, or of a version champion, another version or an alias; with this, other data or --output nothing is kept',
    )
    .option(
      '--rules <commit>',
      'count the rules of that commit too, where those of slipway.yaml are weaker than they or other: for a change, the branch it goes to',
    )
    .option('--data <table>', 'the holdout: a table file, a pattern in quotes, or DATASET@VERSION')
    .option('--label <column>', 'what is true (default: the label of the dataset in slipway.yaml)')
    .option('--id <column>', 'what names a row (default: the key of the dataset in slipway.yaml, else its number)')
    .option('--output <dir>', 'leave the predictions there, as predictions.parquet')
    .addOption(new Option('--report <form>', 'print the report in this form').choices(['md', 'junit', 'json']))
    .addOption(
      usualTime('--timeout <duration>', 'how long a model may take for the holdout, for example 2h', '10m', {
        least: '10ms',
        most: '24h',
      }),
    )
    .option(
      '--write <files...>',
      'also write the report into files, in the form that each ending tells: .md, .xml, .json',
    )
    .option('--warnings-pass', 'exit 0 where only rules that do not block are not met')
    .option('--workspace <dir>', 'the folder of slipway.yaml (default: the nearest one upwards)')
    .option('--json', 'print JSON')
    .action((subject: string, options: GateOptions) => gate(context, subject, options));
}

async function gate(context: CliContext, subject: string, options: GateOptions): Promise<void> {
  for (const path of options.write ?? []) formOf(path);
  const version = versionNamed(subject);
  const folder = rulesFolder(context, options);
  if (version !== undefined) requireRegistry(context, options, version.name);
  if (version !== undefined && isOwnGate(options, version.name)) return keptGate(context, version, options);
  const model = options.model ?? version?.name;
  if (model === undefined)
    throw new SlipwayError('invalid', 'Say with --model which rules of slipway.yaml count for a file.');
  const line = new ProgressLine();
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-gate-'));
  const report = await withGateProcess({ bundle: context.ensureOptions.bundle }, async (process) => {
    const base = options.rules ?? null;
    const plan = await process.ask('gatePlan', { folder, model, base });
    const wishes = { against: options.against, wanted: plan.against };
    const models =
      version === undefined
        ? fileModels(subject, { ...wishes, folder })
        : await versionModels(await context.client(options), version, { ...wishes, folder, scratch });
    const query = {
      ...{ folder, model, base, ...models },
      tables: await tablesOf(context, options, { plan, folder }),
      output: options.output === undefined ? null : resolve(options.output),
      ...{ rules: null, facts: {}, framework: null, deadline: options.timeout },
    };
    return process.ask('gateFiles', query, { onProgress: (progress) => line.show(progress) });
  }).finally(() => {
    line.clear();
    rmSync(scratch, { recursive: true, force: true });
  });
  const note = version === undefined ? '' : 'Nothing of it is kept: with these options it is no evidence for a move.';
  await told(context, subject, { report, options, note });
}

/** Whether it is the gate that a move asks for, and nothing was chosen but how it is told. */
function isOwnGate({ model, rules, against, data, label, id, output }: GateOptions, name: string): boolean {
  return (model ?? name) === name && [rules, against, data, label, id, output].every((each) => each === undefined);
}

/** The engine runs it and keeps what it finds with the version. */
async function keptGate(
  context: CliContext,
  { name, version }: { name: string; version: string },
  options: GateOptions,
): Promise<void> {
  const request = { job: 'model-gate', name, version, deadline: options.timeout } as const;
  const { report, predictions } = await runJob<KeptGate>(context, options, request);
  const where = predictions === null ? '' : `, the predictions as ${predictions.runId}:${predictions.path}`;
  const note = `This is kept with ${name}@${report.version}${where}.`;
  await told(context, `${name}@${report.version}`, { report, options, note });
}

async function told(
  context: CliContext,
  subject: string,
  { report, options, note }: { report: GateReport; options: GateOptions; note: string },
): Promise<void> {
  for (const path of options.write ?? []) {
    await writeWholeFile(resolve(path), Readable.from([formOf(path)(report, subject)]));
  }
  const form = options.json ? 'json' : options.report;
  const text =
    form === 'md' ? gateMarkdown(report) : form === 'junit' ? gateJunit(report, subject) : textOf(report, note);
  context.print({ ...options, json: form === 'json' }, gateJson(report), text);
  process.exitCode = options.warningsPass && report.verdict === 'warn' ? 0 : exitCodes[report.verdict];
}

function textOf(report: GateReport, note: string): string {
  return note === '' ? gateText(report) : `${gateText(report)}\n${note}`;
}

type Form = (report: GateReport, file: string) => string;

const forms: Readonly<Record<string, Form>> = {
  '.md': gateMarkdown,
  '.xml': gateJunit,
  '.json': (report) => `${exactJson(gateJson(report))}\n`,
};

function formOf(path: string): Form {
  const form = forms[extname(path).toLowerCase()];
  if (form !== undefined) return form;
  throw new SlipwayError('invalid', `${path}: name a file that ends in .md, .xml or .json.`);
}

const exitCodes: Readonly<Record<GateReport['verdict'], number>> = {
  pass: 0,
  fail: 1,
  warn: 2,
  inconclusive: 2,
  error: 3,
};

/** Of slipway.yaml; that there is no workspace is no fault here. */
function rulesFolder(context: CliContext, options: GateOptions): string {
  try {
    return context.layout(options).root;
  } catch (error) {
    if (!SlipwayError.is(error, 'no-workspace')) throw error;
    const sentence = `There is no slipway.yaml in ${options.workspace ?? process.cwd()} or above, and it holds the rules. Name its folder with --workspace.`;
    throw new SlipwayError('no-workspace', sentence, { cause: error });
  }
}

/** The holdout, and what else rules are judged on where a workspace knows it. */
async function tablesOf(
  context: CliContext,
  options: GateOptions,
  { plan, folder }: { plan: GatePlan; folder: string },
): Promise<GateFilesQuery['tables']> {
  const holdout = await rowsOf(context, options, { plan, folder });
  const tables: GateFilesQuery['tables'] = holdout === null ? {} : { '': holdout };
  const isKnown = existsSync(`${folder}/.slipway`);
  for (const [name, entry] of Object.entries(plan.datasets)) {
    tables[name] = isKnown ? await namedRows(context, options, name) : lyingRows(entry, name, folder);
  }
  return tables;
}

function lyingRows(entry: GatePlanTable, name: string, folder: string): GateRows | { none: string } {
  try {
    return ownRows(entry, name, { folder, named: entry });
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    return { none: error.message };
  }
}

/** The table that was named, else the holdout of slipway.yaml where it lies in the folder or an engine knows it. */
async function rowsOf(
  context: CliContext,
  options: GateOptions,
  { plan, folder }: { plan: GatePlan; folder: string },
): Promise<GateRows | null> {
  const named = { id: options.id ?? plan.id, label: options.label ?? plan.label };
  const wanted = options.data ?? plan.holdout;
  if (wanted === null) return null;
  if (options.data === undefined && !existsSync(`${folder}/.slipway`)) return ownRows(plan, wanted, { folder, named });
  const rows = await namedRows(context, options, wanted).catch((error: unknown) => {
    // A workspace that never read the dataset knows no more than a folder without one.
    const isUnread = options.data === undefined && SlipwayError.is(error, 'not-found') && !/@(?!latest$)/.test(wanted);
    if (!isUnread || plan.path?.length !== 1) throw error;
    return ownRows(plan, wanted, { folder, named });
  });
  return { ...rows, id: named.id ?? rows.id, label: named.label ?? rows.label };
}

/** What the dataset's entry says of a table, where it is one of a dataset. */
async function namedRows(context: CliContext, options: GateOptions, name: string): Promise<GateRows> {
  const { source, dataset } = await namedTable(context, options, name);
  const [id = null, ...others] = [dataset?.definition.key ?? []].flat();
  const label = dataset?.definition.label ?? null;
  return { name, version: dataset?.version.id ?? null, source, id: others.length === 0 ? id : null, label };
}

/** Without a workspace a version is known by no label: only the files that are there now are. Throws SlipwayError `no-workspace` for another. */
export function ownRows(
  { path }: Pick<GatePlanTable, 'path'>,
  holdout: string,
  { folder, named }: { folder: string; named: Pick<GateRows, 'id' | 'label'> },
): GateRows {
  const [only, ...others] = path ?? [];
  const isLatest = !holdout.includes('@') || holdout.endsWith('@latest');
  const lack = !isLatest
    ? `is a version that only a workspace knows, and there is none in ${folder}`
    : only === undefined
      ? 'is of a dataset of which slipway.yaml says no path'
      : others.length > 0
        ? `lies in ${path?.length} places`
        : `is ${only}, which is neither a file nor a pattern of one kind of table`;
  if (!isLatest || only === undefined || others.length > 0 || formatOfName(only) === undefined) {
    throw new SlipwayError('no-workspace', `${holdout} ${lack}. Name a file of the holdout with --data.`);
  }
  return { name: holdout, version: null, source: chooseTable(resolve(folder, only)), ...named };
}
