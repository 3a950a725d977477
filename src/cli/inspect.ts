// slipway inspect MODEL
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ownModelProcesses } from '../client/model/model-processes';
import { classesText, modelSentence, originSentence, runSentence } from '../protocol/inference/file/outline-words';
import type { PickleScan } from '../protocol/inference/file/pickle-scan';
import type { ModelPool } from '../protocol/inference/model-pool';
import type { ClassLabels, ModelOutline } from '../protocol/inference/outline';
import { valueTypeText } from '../protocol/inference/value-type';
import { bytesText, countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { jsonKeys } from './json-keys';
import { oneLine, textTable } from './text-table';

const pickles = /\.(pkl|pickle|joblib|dill)$/i;

/** Adds `inspect`, which says what a model's file holds; nothing of it is run. */
export function registerInspectCommand(program: Command, context: CliContext): void {
  program
    .command('inspect <model>')
    .description(
      'what a .onnx file holds: inputs, outputs, classes, operators, weights, and what will not run here. Nothing is run. ' +
        'Of a pickle (.pkl .joblib): what loading it would import (exit 1 where that can run commands, 2 where it is not known)',
    )
    .option('--json', 'print JSON')
    .action((model: string, options: CommonOptions) => inspect(context, model, options));
}

async function inspect(context: CliContext, model: string, options: CommonOptions): Promise<void> {
  const path = resolve(model);
  const { bundle } = context.ensureOptions;
  const processes = ownModelProcesses(() => ({ bundle }));
  try {
    if (pickles.test(path)) await inspectPickle(context, processes, { path, options });
    else {
      const outline = await processes.ask('outline', { path });
      context.print(options, jsonKeys(outline), outlineText(model, outline));
    }
  } finally {
    processes.dispose();
  }
}

function outlineText(model: string, outline: ModelOutline): string {
  const { blocks, notes, doc, operators, externalFiles, metadata } = outline;
  return [
    `${oneLine(model, 100)}: ${modelSentence(outline)}`,
    `${oneLine(originSentence(outline), 200)}.`,
    runSentence(outline),
    ...blocks.map(({ text }) => `  ${oneLine(text, 400)}`),
    ...notes.map((note) => oneLine(note, 400)),
    ...(doc.trim() === '' ? [] : [oneLine(doc, 400)]),
    '',
    valuesTable(outline),
    '',
    `Formats: IR ${outline.irVersion}, ${outline.operatorSets.map(({ domain, version }) => oneLine(`${domain} ${version}`, 60)).join(', ')}`,
    `${countText(outline.nodes.all, 'node')}: ${operators.map((each) => oneLine(`${each.count} × ${operatorName(each)}`, 80)).join(', ')}`,
    ...outline.functions.map(({ domain, name, nodes }) =>
      oneLine(`Function ${domain}.${name}: ${countText(nodes, 'node')}`, 200),
    ),
    ...outline.weights.byType.map(
      ({ element, count, bytes }) => `Weights: ${count} of ${element}, ${bytesText(bytes)}`,
    ),
    ...externalFiles.map(({ path, size, state }) =>
      oneLine(`Beside it: ${path}, ${size === null ? state : bytesText(size)}`, 200),
    ),
    ...metadata.map(({ key, value }) => oneLine(`${key}: ${value}`, 200)),
  ].join('\n');
}

function valuesTable({ inputs, defaults, outputs, labels }: ModelOutline): string {
  const rows = [
    ...inputs.map(({ name, type }) => ['input', oneLine(name, 60), valueTypeText(type), '']),
    ...defaults.map(({ name, type }) => ['has a value', oneLine(name, 60), valueTypeText(type), '']),
    ...outputs.map(({ name, type }) => ['output', oneLine(name, 60), valueTypeText(type), classesOf(name, labels)]),
    ...labels
      .filter(({ output }) => output === null)
      .map((each) => ['', '', '', oneLine(`${classesText(each)} (${each.from})`, 100)]),
  ];
  return textTable([{ head: '' }, { head: 'name' }, { head: 'type' }, { head: 'classes' }], rows);
}

function classesOf(name: string, labels: readonly ClassLabels[]): string {
  const own = labels.find(({ output }) => output === name);
  return own === undefined ? '' : oneLine(classesText(own), 100);
}

function operatorName({ domain, name }: { domain: string; name: string }): string {
  return domain === 'ai.onnx' || domain === 'ai.onnx.ml' ? name : `${domain}.${name}`;
}

async function inspectPickle(
  context: CliContext,
  processes: ModelPool,
  { path, options }: { path: string; options: CommonOptions },
): Promise<void> {
  const scan = await processes.ask('pickleScan', { path });
  context.print(options, jsonKeys(scan), pickleText(scan));
  const isAny = (judgement: string): boolean => scan.globals.some((each) => each.judgement === judgement);
  if (isAny('unsafe')) process.exitCode = 1;
  else if (isAny('unknown') || scan.trouble !== null) process.exitCode = 2;
}

function pickleText({ bytes, protocols, globals, trouble }: PickleScan): string {
  const named = (judgement: string): string[] =>
    globals.filter((each) => each.judgement === judgement).map(({ name }) => `    ${oneLine(name, 200)}`);
  const part = (head: string, names: string[]): string[] => (names.length === 0 ? [] : [`  ${head}`, ...names]);
  const [protocol] = protocols;
  return [
    `A pickle of ${bytesText(bytes)}${protocol === undefined ? '' : `, protocol ${protocol}`}. Loading one can run any program: Slipway never does.`,
    ...(globals.length === 0 ? [] : ['Loading it would import']),
    ...part('what can run commands or change files:', named('unsafe')),
    ...part('what is of no library that is known here:', named('unknown')),
    ...part('what is of libraries that models are made of:', named('known')),
    ...(globals.length === 0 ? ['Loading it would import nothing.'] : []),
    ...(trouble === null ? [] : [`It could not be read to its end: ${trouble}. What follows is not known.`]),
  ].join('\n');
}
