// slipway register NAME FILE|RUN:PATH

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import { withoutEnd } from '../base/text-end';
import type { EngineClient } from '../client/engine-client';
import { ownModelProcesses } from '../client/model/model-processes';
import { knownIdentity } from '../client/registry/identity';
import { modelFileSource } from '../client/registry/model-file-source';
import { type RegisteredSource, registerVersion } from '../client/registry/registered-file';
import { parseVersionReference } from '../protocol/datasets/dataset';
import type { CliContext, CommonOptions } from './context';
import { chooseRun } from './run-choice';

interface RegisterOptions extends CommonOptions {
  data?: string;
}

/** Adds `register`, which makes a version of a registered model. */
export function registerRegisterCommand(program: Command, context: CliContext): void {
  program
    .command('register <name> <source>')
    .description(
      'make a version of the registered model NAME from an .onnx file, or from a file or folder among the artifacts of a ' +
        'run, RUN:PATH. A file is kept with the run that wrote its bytes, where one is known',
    )
    .option('--data <dataset>', 'what it was trained on: DATASET@VERSION')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((name: string, source: string, options: RegisterOptions) => register(context, { name, source }, options));
}

async function register(
  context: CliContext,
  { name, source }: { name: string; source: string },
  options: RegisterOptions,
): Promise<void> {
  const client = await context.client(options);
  const reference = options.data === undefined ? undefined : parseVersionReference(options.data);
  if (options.data !== undefined && reference === undefined) {
    throw new SlipwayError('invalid', `${options.data} names no dataset. Write --data DATASET@VERSION.`);
  }
  const data = reference === undefined ? null : await client.api.datasets.table.query(reference);
  const identity = await knownIdentity(context.layout(options).root);
  const made = await registerVersion(client, name, { source: await sourceOf(context, client, source), data, identity });
  const where = made.isNewRun ? `Its files are kept with the run ${made.runId}.` : `Made by the run ${made.runId}.`;
  const unknown =
    identity === null ? ' git does not know who you are: with git config user.email the next one has an author.' : '';
  const text = `${name}@${made.version}. ${where}${unknown}`;
  context.print(options, { name, version: made.version, run_id: made.runId }, text);
}

async function sourceOf(context: CliContext, client: EngineClient, source: string): Promise<RegisteredSource> {
  if (existsSync(source)) return fileOf(context, source);
  const colon = source.indexOf(':');
  if (colon <= 0) throw new SlipwayError('not-found', `There is no file ${source}. Name a file, or RUN:PATH.`);
  const runId = await chooseRun(client, source.slice(0, colon));
  const path = withoutEnd(source.slice(colon + 1).replace(/^\/+/, ''), /\//);
  await requireArtifact(client, runId, path);
  return { kind: 'artifact', runId, path };
}

async function fileOf(context: CliContext, source: string): Promise<RegisteredSource> {
  const models = ownModelProcesses(() => ({ bundle: context.ensureOptions.bundle }));
  try {
    return await modelFileSource(models, resolve(source));
  } finally {
    models.dispose();
  }
}

async function requireArtifact(client: EngineClient, runId: string, path: string): Promise<void> {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const { items } = await client.api.artifacts.list.query({ runId, path: folder, limit: 1000 });
  if (items.some((each) => each.path === path)) return;
  const names = items.map((each) => each.path).slice(0, 10);
  const there = names.length === 0 ? 'There is nothing' : `There are ${names.join(', ')}`;
  throw new SlipwayError(
    'not-found',
    `The run has no artifact ${path}. ${there}${folder === '' ? '' : ` in ${folder}`}.`,
  );
}
