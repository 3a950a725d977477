// slipway models list and slipway models show
import type { Command } from 'commander';
import {
  type RegistryModel,
  type RegistryVersion,
  registryModel,
  registryModels,
  registryVersion,
} from '../client/registry/registry-reading';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { timeText } from './number-text';
import { oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface ListOptions extends CommonOptions {
  limit: number;
  page?: string;
}

/** Adds `models list`, the registered models, and `models show`, one of them or one version. */
export function registerModelsCommands(program: Command, context: CliContext): void {
  const models = program.command('models').description('registered models and their versions');
  models
    .command('list')
    .description('the registered models, with the newest version of each stage')
    .option('--limit <models>', 'how many', wholeNumber(1000), 100)
    .option('--page <token>', 'where the last list ended: its next')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((options: ListOptions) => list(context, options));
  models
    .command('show <model>')
    .description('one model with all its versions (NAME), or one version (NAME@3, NAME@champion)')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((model: string, options: CommonOptions) => show(context, model, options));
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const client = await context.client(options);
  const found = await registryModels(client, { limit: options.limit, page: options.page ?? null });
  const rows = found.items.map((model) => [
    oneLine(model.name, 60),
    model.versions.map(({ version, stage }) => `${version} ${stageText(stage)}`).join(', '),
    aliasText(model),
    oneLine(model.description, 60),
  ]);
  const columns = ['model', 'newest versions', 'aliases', 'description'].map((head) => ({ head }));
  const more = found.next === null ? [] : [`More: --page ${found.next}`];
  const none = 'There is no registered model. Make one: slipway register NAME FILE.onnx';
  context.print(options, found, rows.length === 0 ? none : [textTable(columns, rows), ...more].join('\n'));
}

async function show(context: CliContext, model: string, options: CommonOptions): Promise<void> {
  const client = await context.client(options);
  const at = model.lastIndexOf('@');
  if (at > 0) {
    const version = await registryVersion(client, model.slice(0, at), model.slice(at + 1));
    return context.print(options, version, versionText(version));
  }
  const found = await registryModel(client, model);
  context.print(options, found, modelText(found));
}

function modelText(model: RegistryModel): string {
  const rows = model.versions.map(({ version, stage, aliases, created, run_id, description }) => [
    ...[
      version,
      stageText(stage),
      aliases.join(', '),
      timeText(created),
      run_id.slice(0, 12),
      oneLine(description, 60),
    ],
  ]);
  const columns = ['version', 'stage', 'aliases', 'made', 'run', 'description'].map((head) => ({ head }));
  const head = `${model.name}: ${countText(model.versions.length, 'version')}`;
  return [head, ...(model.description === '' ? [] : [model.description]), textTable(columns, rows)].join('\n');
}

function versionText(version: RegistryVersion): string {
  const { name, stage, aliases, description, source, run_id, created, tags } = version;
  const facts = [
    ['stage', stageText(stage)],
    ['aliases', aliases.join(', ')],
    ['made', timeText(created)],
    ['run', run_id],
    ['files', source],
    ['description', oneLine(description, 200)],
    ...Object.entries(tags).map(([key, value]) => [key, oneLine(value, 200)]),
  ];
  const told = facts
    .filter(([, value]) => value !== '')
    .map(([key = '', value = '']) => `  ${key.padEnd(12)} ${value}`);
  return [`${name}@${version.version}`, ...told].join('\n');
}

/** MLflow's None is a candidate here. */
function stageText(stage: string): string {
  return stage === 'None' ? 'candidate' : stage.toLowerCase();
}

function aliasText({ aliases }: RegistryModel): string {
  return Object.entries(aliases)
    .map(([alias, version]) => `${alias} → ${version}`)
    .join(', ');
}
