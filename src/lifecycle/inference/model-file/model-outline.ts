// The outline of a model: everything its file says of itself, and what follows from that for running it here.
import { basename } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { ModelOutline, OperatorCount, WeightCount } from '../../../protocol/inference/outline';
import { told } from './graph/attribute-values';
import type { GraphIndex } from './graph/graph-walk';
import { classLabels } from './said/class-labels';
import { externalFiles } from './said/external-files';
import { isClassScores, isHandedOver, runBlocks } from './said/run-blocks';
import type { WireReader } from './wire/wire-reader';

/** Of an indexed file at `path`. Throws SlipwayError `invalid` when it holds no graph. */
export function modelOutline(path: string, reader: WireReader, index: GraphIndex): ModelOutline {
  if (!index.hasGraph) throw new SlipwayError('invalid', `${basename(path)} is no ONNX model: it holds no graph.`);
  const given = new Set(index.weights.filter(({ depth }) => depth === 0).map(({ name }) => name));
  const said = {
    bytes: reader.size,
    irVersion: index.irVersion,
    operatorSets: index.operatorSets,
    producer: index.producer,
    domain: index.domain,
    modelVersion: told(index.modelVersion),
    doc: index.doc,
    graph: index.graph,
    inputs: index.inputs.filter(({ name }) => !given.has(name)),
    defaults: index.inputs.filter(({ name }) => given.has(name)),
    outputs: index.outputs,
    labels: classLabels(reader, index),
    metadata: index.metadata,
    operators: operatorCounts(index),
    nodes: { graph: index.nodes.filter(isOfGraph).length, all: index.nodes.length },
    functions: index.functions,
    weights: weightCounts(index),
    externalFiles: externalFiles(path, index.weights),
  };
  return { ...said, blocks: runBlocks(said), notes: notes(said) };
}

function isOfGraph({ depth, function: own }: GraphIndex['nodes'][number]): boolean {
  return depth === 0 && own === '';
}

/** Most frequent first. */
function operatorCounts({ operators }: GraphIndex): OperatorCount[] {
  return [...operators.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function weightCounts({ weights }: GraphIndex): ModelOutline['weights'] {
  const byType = new Map<string, WeightCount>();
  for (const { element, bytes } of weights) {
    const known = byType.get(element) ?? { element, count: 0, bytes: 0 };
    byType.set(element, { element, count: known.count + 1, bytes: known.bytes + bytes });
  }
  const counts = [...byType.values()].sort((a, b) => b.bytes - a.bytes);
  return { count: weights.length, bytes: counts.reduce((sum, { bytes }) => sum + bytes, 0), byType: counts };
}

function notes({ inputs, outputs, defaults, irVersion }: Omit<ModelOutline, 'blocks' | 'notes'>): string[] {
  const scores = outputs.filter(({ type }) => isClassScores(type)).map(({ name }) => name);
  const dropped = outputs.filter(({ type }) => !isHandedOver(type)).map(({ name }) => name);
  const brain = [...inputs, ...outputs].filter(({ type }) => type.kind === 'tensor' && type.element === 'bfloat16');
  const list = defaults.map(({ name }) => name).join(', ');
  return [
    ...(scores.length > 0
      ? [
          `${scores.join(', ')}: a map of class scores for each row, which is given here as a table with a column for each class.`,
        ]
      : []),
    ...(dropped.length > 0 && dropped.length < outputs.length
      ? [
          `${dropped.join(', ')}: only tensors, lists of tensors and class scores are handed over here, so it is left out.`,
        ]
      : []),
    ...(brain.length > 0
      ? [`${brain.map(({ name }) => name).join(', ')}: bfloat16 is given and shown as float32.`]
      : []),
    // Before IR version 4 all weights were listed as inputs.
    ...(defaults.length > 0 && irVersion >= 4
      ? [`${list} ${defaults.length === 1 ? 'has a value' : 'have values'} in the file, and can be given another.`]
      : []),
  ];
}
