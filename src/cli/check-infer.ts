// slipway check --infer: a draft of a contract.
import { basename } from 'node:path';
import { withDataProcess } from '../client/data/data-process';
import { formatOfName } from '../protocol/datasets/table-source';
import type { CliContext, CommonOptions } from './context';
import { referenceOf } from './dataset-arguments';
import { chooseTable, isPath } from './table-choice';

/** Prints the draft; with --json as the text of an object. */
export async function inferContract(context: CliContext, name: string, options: CommonOptions): Promise<void> {
  const isFile = isPath(name) || formatOfName(name) !== undefined;
  const { text } = isFile ? await ofFile(context, name) : await ofDataset(context, name, options);
  context.print(options, { contract: text }, text);
}

async function ofFile(context: CliContext, name: string): Promise<{ text: string }> {
  const source = chooseTable(name);
  const stem = basename(name).replace(/\.[a-z]+(\.(gz|zst))?$/i, '');
  const input = { source, name: stem, physicalName: basename(name), origin: basename(name) };
  return withDataProcess(context.ensureOptions, (data) => data.ask('inferContract', input));
}

async function ofDataset(context: CliContext, name: string, options: CommonOptions): Promise<{ text: string }> {
  const client = await context.client(options);
  return client.api.checks.infer.query(referenceOf(name));
}
