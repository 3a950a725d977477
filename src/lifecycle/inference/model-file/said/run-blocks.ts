// What keeps a model from running here, told from its file: what onnxruntime 1.30 takes was tried model by model.
import { posix } from 'node:path';
import type { ModelOutline, ModelValue, RunBlock } from '../../../../protocol/inference/outline';
import { tensorElements } from '../../../../protocol/inference/tensor';
import { type ValueType, valueTypeText } from '../../../../protocol/inference/value-type';

/** onnxruntime-node 1.30: newer ones are refused when a model is loaded. */
const newest = {
  format: 13,
  sets: new Map([
    ['ai.onnx', 26],
    ['ai.onnx.ml', 5],
    ['com.microsoft', 1],
  ]),
};
/** Domains whose operators are part of onnxruntime. */
const builtIn = new Set([
  ...newest.sets.keys(),
  'ai.onnx.preview',
  'com.microsoft.nchwc',
  'com.microsoft.dml',
  'com.ms.internal.nhwc',
]);
/** protobuf's own limit for one message. */
const largest = 2 ** 31 - 1;

type Judged = Omit<ModelOutline, 'blocks' | 'notes'>;

/** In the order of how much they say; empty when nothing is known to keep it from running. */
export function runBlocks(outline: Judged): RunBlock[] {
  return [
    ...formatBlocks(outline),
    ...operatorBlocks(outline),
    ...outline.inputs.flatMap((value) => valueBlock(value, 'Input')),
    ...outline.outputs.flatMap((value) => valueBlock(value, 'Output')),
    ...externalBlocks(outline),
  ];
}

function formatBlocks({ bytes, irVersion, operatorSets, nodes, outputs }: Judged): RunBlock[] {
  const blocks: RunBlock[] = [];
  if (bytes > largest)
    blocks.push({
      code: 'too-large',
      text: 'The file is larger than 2 GB, which ONNX does not allow. Save its weights as external data.',
    });
  if (irVersion > newest.format)
    blocks.push({
      code: 'format-version',
      text: `IR version ${irVersion} is newer than ${newest.format}, the newest that runs here. Save it with an older onnx package.`,
    });
  for (const { domain, version } of operatorSets) {
    const known = newest.sets.get(domain);
    if (known !== undefined && version > known)
      blocks.push({
        code: 'operator-set-version',
        text: `Opset ${version} of ${domain} is newer than ${known}, the newest that runs here. Export it with an older opset.`,
      });
  }
  if (nodes.graph === 0 || outputs.length === 0)
    blocks.push({
      code: 'empty-graph',
      text: outputs.length === 0 ? 'The graph has no outputs.' : 'The graph has no nodes: there is nothing to run.',
    });
  return blocks;
}

function operatorBlocks({ operators, operatorSets, functions }: Judged): RunBlock[] {
  const own = new Set(functions.map(({ domain, name }) => `${domain}\n${name}`));
  const foreign = operators.filter(({ domain, name }) => !builtIn.has(domain) && !own.has(`${domain}\n${name}`));
  const undeclared = operators.filter(
    ({ domain }) => builtIn.has(domain) && !operatorSets.some((set) => set.domain === domain),
  );
  return [...Map.groupBy(foreign, ({ domain }) => domain)]
    .map(([domain, list]): RunBlock => {
      const names = list.map(({ name }) => name);
      return {
        code: 'custom-operator',
        text: `${listed(names)} of ${domain} ${names.length === 1 ? 'is' : 'are'} no part of onnxruntime. Libraries of custom operators are never loaded here, as they are programs.`,
      };
    })
    .concat(
      undeclared.length === 0
        ? []
        : [
            {
              code: 'unknown-operator-set',
              text: `The model says no opset of ${listed([...new Set(undeclared.map(({ domain }) => domain))])}, whose operators it uses.`,
            },
          ],
    );
}

function valueBlock({ name, type }: ModelValue, side: 'Input' | 'Output'): RunBlock[] {
  const reason = side === 'Input' ? inputTrouble(type) : outputTrouble(type);
  return reason === null
    ? []
    : [{ code: 'element-type', text: `${side} ${name} is ${valueTypeText(type)}: ${reason}` }];
}

function inputTrouble(type: ValueType): string | null {
  if (type.kind === 'unknown') return 'nothing can be given without a type.';
  if (type.kind !== 'tensor') return 'only tensors can be given here.';
  return isTaken(type) ? null : 'tensors of this type cannot be given here.';
}

/** Lists of class scores (ZipMap) become tensors where the model is run. */
function outputTrouble(type: ValueType): string | null {
  if (type.kind === 'tensor')
    return isTaken(type) || type.element === 'unknown' ? null : 'tensors of this type cannot be handed over here.';
  if (type.kind === 'unknown' || isClassScores(type)) return null;
  return 'only tensors and lists of class scores can be handed over here.';
}

/** What ZipMap makes. */
export function isClassScores(type: ValueType): boolean {
  return type.kind === 'sequence' && type.of.kind === 'map';
}

function isTaken(type: Extract<ValueType, { kind: 'tensor' | 'sparse' }>): boolean {
  return (tensorElements as readonly string[]).includes(type.element);
}

function externalBlocks({ externalFiles }: Judged): RunBlock[] {
  return externalFiles.flatMap(({ path, state, size, needs }): RunBlock[] => {
    const name = posix.basename(path) || 'a file without a name';
    const texts: Record<typeof state, string> = {
      found: '',
      missing: `${path} is not beside the model: it holds weights. Put it there.`,
      short: `${name} has ${(size ?? 0).toLocaleString('en-US')} of the ${needs.toLocaleString('en-US')} bytes that the model needs: copy it again.`,
      outside: `Weights are to be read from ${path || name}, outside the model’s folder: Slipway reads them only from there.`,
    };
    return state === 'found' ? [] : [{ code: 'external-data', text: texts[state] }];
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
