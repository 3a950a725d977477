// What keeps a model from running here, told from its file: what onnxruntime 1.30 takes was tried model by model.
import { posix } from 'node:path';
import type { ModelOutline, ModelValue, OperatorCount, RunBlock } from '../../../../protocol/inference/outline';
import { tensorElements } from '../../../../protocol/inference/tensor';
import { type ElementType, type ValueType, valueTypeText } from '../../../../protocol/inference/value-type';
import { firstVersion } from './known-operators';

/** onnxruntime-node 1.30: newer ones are refused when a model is loaded. */
const newestFormat = 13;
const newestSets: ReadonlyMap<string, number> = new Map([
  ['ai.onnx', 26],
  ['ai.onnx.ml', 5],
  ['com.microsoft', 1],
]);
/** What onnxruntime writes into models that it has optimised. */
const internal = new Set(['com.microsoft.nchwc', 'com.ms.internal.nhwc']);
/** protobuf's own limit for one message. */
const largest = 2 ** 31 - 1;

type Judged = Omit<ModelOutline, 'blocks' | 'notes'>;

/** In the order of how much they say; empty when nothing is known to keep it from running. */
export function runBlocks(outline: Judged): RunBlock[] {
  return [
    ...formatBlocks(outline),
    ...operatorBlocks(outline),
    ...[...outline.inputs, ...outline.outputs].flatMap(nameBlock),
    ...outline.inputs.flatMap(inputBlock),
    ...outputBlocks(outline.outputs),
    ...externalBlocks(outline),
  ];
}

function formatBlocks({ bytes, irVersion, operatorSets }: Judged): RunBlock[] {
  const blocks: RunBlock[] = [];
  if (bytes > largest)
    blocks.push({
      code: 'too-large',
      text: 'The file is larger than 2 GB, which ONNX does not allow. Save its weights as external data.',
    });
  if (irVersion < 1)
    blocks.push({ code: 'format-version', text: 'The file says no IR version. Save it with the onnx package.' });
  if (irVersion > newestFormat)
    blocks.push({
      code: 'format-version',
      text: `IR version ${irVersion} is newer than ${newestFormat}, the newest that runs here. Save it with an older onnx package.`,
    });
  if (operatorSets.length === 0)
    blocks.push({ code: 'operator-set-version', text: 'The file says no opset. Export it again.' });
  for (const { domain, version } of operatorSets) {
    const newest = newestSets.get(domain);
    if (newest !== undefined && version > newest)
      blocks.push({
        code: 'operator-set-version',
        text: `Opset ${version} of ${domain} is newer than ${newest}, the newest that runs here. Export it with an older opset.`,
      });
  }
  return blocks;
}

function operatorBlocks({ operators, operatorSets, functions }: Judged): RunBlock[] {
  const own = new Set(functions.map(({ domain, name }) => `${domain}\n${name}`));
  const judged = operators.filter(({ domain, name }) => !own.has(`${domain}\n${name}`) && !internal.has(domain));
  const unknown = judged.filter(({ domain, name }) => firstVersion(domain, name) === null);
  const early = judged.filter(({ domain, name }) => {
    const set = operatorSets.find((each) => each.domain === domain);
    return set !== undefined && (firstVersion(domain, name) ?? 0) > set.version;
  });
  return [
    ...[...Map.groupBy(unknown, ({ domain }) => domain)].map(([domain, list]) => unknownBlock(domain, list)),
    ...early.map(({ domain, name }): RunBlock => {
      const text = `${name} came with opset ${firstVersion(domain, name)} of ${domain}, and the model says an older one. Export it again.`;
      return { code: 'operator-set-version', text };
    }),
  ];
}

function unknownBlock(domain: string, operators: readonly OperatorCount[]): RunBlock {
  const names = operators.map(({ name }) => name || 'one without a name');
  const verb = names.length === 1 ? 'is no operator' : 'are no operators';
  const said = `${listed(names)} of ${domain} ${verb} that onnxruntime knows.`;
  const isForeign = !newestSets.has(domain);
  return {
    code: 'custom-operator',
    text: isForeign ? `${said} Libraries of custom operators are never loaded here, as they are programs.` : said,
  };
}

/** In JavaScript a thing that is called so is none of an object's values. */
function nameBlock({ name }: ModelValue): RunBlock[] {
  if (name !== '__proto__') return [];
  return [{ code: 'name', text: `A value is called ${name}, which onnxruntime cannot be given here. Rename it.` }];
}

function inputBlock({ name, type }: ModelValue): RunBlock[] {
  if (type.kind === 'tensor' && isTaken(type.element)) return [];
  const reason =
    type.kind === 'unknown'
      ? 'the file says no type.'
      : type.kind === 'tensor'
        ? 'no such tensor can be given here.'
        : 'only tensors can be given here.';
  return [{ code: 'element-type', text: `Input ${name} is ${valueTypeText(type)}: ${reason}` }];
}

function outputBlocks(outputs: readonly ModelValue[]): RunBlock[] {
  if (outputs.length === 0)
    return [{ code: 'empty-graph', text: 'The graph has no outputs: there is nothing to ask for.' }];
  const tensors = outputs.filter(
    ({ type }) => type.kind === 'tensor' && type.element !== 'unknown' && !isTaken(type.element),
  );
  const blocks = tensors.map(({ name, type }): RunBlock => {
    return {
      code: 'element-type',
      text: `Output ${name} is ${valueTypeText(type)}: no such tensor can be handed over here.`,
    };
  });
  if (blocks.length > 0 || outputs.some(({ type }) => isHandedOver(type))) return blocks;
  const told = outputs.map(({ name, type }) => `${name} (${valueTypeText(type)})`);
  return [{ code: 'element-type', text: `None of its outputs can be handed over here: ${listed(told)}.` }];
}

/** Whether an output is a tensor where the model is run, or is made one: the rest is left out. */
export function isHandedOver(type: ValueType): boolean {
  if (type.kind === 'sequence' && type.of.kind === 'tensor')
    return isTaken(type.of.element) && type.of.element !== 'bfloat16';
  return type.kind === 'tensor' || isClassScores(type);
}

/** What ZipMap makes. */
export function isClassScores(type: ValueType): boolean {
  return type.kind === 'sequence' && type.of.kind === 'map';
}

function isTaken(element: ElementType): boolean {
  return (tensorElements as readonly string[]).includes(element);
}

function externalBlocks({ externalFiles }: Judged): RunBlock[] {
  return externalFiles.flatMap(({ path, state, size, needs }): RunBlock[] => {
    const name = posix.basename(path) || 'a file without a name';
    const texts: Record<typeof state, string> = {
      found: '',
      missing: `${path} is not beside the model: it holds weights. Put it there.`,
      short: `${name} has ${(size ?? 0).toLocaleString('en-US')} of the ${needs.toLocaleString('en-US')} bytes that the model needs: copy it again.`,
      'no file': `${path} beside the model is a folder, a pipe or a device, and no file of weights. Put the file there.`,
      outside: `Weights are to be read from ${path || name}, outside the model’s folder: Slipway reads them only from there.`,
    };
    return state === 'found' ? [] : [{ code: 'external-data', text: texts[state] }];
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
