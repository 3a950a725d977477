// slipway models list and slipway models show
import type { Command } from 'commander';
import { knownIdentity } from '../client/registry/identity';
import type { CliContext, CommonOptions } from './context';
import { namedVersion } from './decision';
import { requireRegistry } from './known-registry';
import { modelJson, summaryJson, versionJson } from './model-json';
import { modelText, summariesText, versionText } from './model-text';
import { wholeNumber } from './whole-number';

interface PageOptions extends CommonOptions {
  limit: number;
  page?: string;
}

/** Adds `models list`, the registered models, and `models show`, one of them or one version. */
export function registerModelsCommands(program: Command, context: CliContext): void {
  const models = program.command('models').description('registered models and their versions');
  const paged = (command: Command): Command =>
    command
      .option('--limit <rows>', 'how many', wholeNumber(500), 100)
      .option('--page <token>', 'where the last list ended: its next')
      .option('--workspace <dir>', 'the workspace')
      .option('--json', 'print JSON');
  paged(
    models.command('list').description('the registered models: which have rules, their champions, and what waits'),
  ).action((options: PageOptions) => list(context, options));
  paged(
    models
      .command('show <model>')
      .description(
        'one model with its rules and versions (NAME), or one version (NAME@3, NAME@champion): its stage, what its gate ' +
          'found, who agreed, its files, and what it was made from',
      ),
  ).action((model: string, options: PageOptions) => show(context, model, options));
}

async function list(context: CliContext, options: PageOptions): Promise<void> {
  const client = await context.client(options);
  const found = await client.api.registry.list.query({ limit: options.limit, page: options.page ?? null });
  const json = { items: found.items.map(summaryJson), next: found.next };
  context.print(options, json, summariesText(found));
}

async function show(context: CliContext, model: string, options: PageOptions): Promise<void> {
  requireRegistry(context, options, model.includes('@') ? namedVersion(model).name : model);
  const client = await context.client(options);
  if (model.includes('@')) {
    const identity = await knownIdentity(context.layout(options).root);
    const version = await client.api.registry.version.query({ ...namedVersion(model), identity });
    return context.print(options, versionJson(version), versionText(version));
  }
  const page = { limit: options.limit, page: options.page ?? null };
  const found = await client.api.registry.get.query({ name: model, ...page });
  context.print(options, modelJson(found), modelText(found));
}
