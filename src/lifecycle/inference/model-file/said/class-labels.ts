// Names of classes, as far as the file tells them: by operators that know their classes, or in the metadata.
import type { ClassLabels } from '../../../../protocol/inference/outline';
import { attributeInts, attributeTensor, attributeTexts, tensorItems } from '../graph/attribute-values';
import type { GraphIndex } from '../graph/graph-walk';
import { type NodeHead, readAttributeHead, readNode } from '../graph/node-message';
import { readTensorHead, type TensorHead } from '../graph/tensor-message';
import type { WireReader } from '../wire/wire-reader';
import { namesOfLiteral } from './literal';

/** Classes of the largest known lists are tens of thousands. */
const mostClasses = 100_000;
const mostNodes = 100_000;
/** Operators of ai.onnx.ml that know their classes, and which of their outputs has a column for each. */
const knowing: Readonly<Record<string, number>> = {
  ZipMap: 0,
  TreeEnsembleClassifier: 1,
  LinearClassifier: 1,
  SVMClassifier: 1,
};
const intLists = new Set(['classlabels_int64s', 'classlabels_ints']);
const textLists = new Set(['classlabels_strings']);
/** Operators that leave the columns where they are. */
const passing = new Set(['ZipMap', 'Identity', 'Cast', 'Normalizer', 'Softmax', 'LogSoftmax', 'Sigmoid', 'Clip']);
const metadataKeys = ['names', 'labels', 'classes', 'class_names', 'id2label', 'classlabels'];

/** All labels that the file names; each output has at most one entry. */
export function classLabels(reader: WireReader, index: GraphIndex): ClassLabels[] {
  const nodes = judgedNodes(reader, index);
  const found: ClassLabels[] = [];
  for (const node of labelledNodes(nodes)) {
    const labels = ownLabels(reader, node);
    if (labels === null) continue;
    const output = reached(node.outputs[knowing[node.operator] ?? 0] ?? '', nodes, index);
    const known = found.find((each) => each.output === output && (output !== null || sameClasses(each, labels)));
    if (known === undefined) found.push({ output, from: node.operator, ...labels });
  }
  // Classifiers within an ensemble know the same classes, and are no output's.
  const ofOutputs = found.filter(({ output }) => output !== null);
  if (ofOutputs.length > 0) return ofOutputs;
  return found.length > 0 ? found : [...pickedLabels(reader, index, nodes), ...metadataLabels(index)].slice(0, 1);
}

type Named = Pick<ClassLabels, 'kind' | 'classes'>;

/** Nodes of the graph itself, where one of them may know classes. */
function judgedNodes(reader: WireReader, index: GraphIndex): NodeHead[] {
  const isTelling = [...index.operators.values()].some(
    ({ name }) => Object.hasOwn(knowing, name) || name === 'ArrayFeatureExtractor',
  );
  if (!isTelling) return [];
  const own = index.nodes.filter(({ depth, function: within }) => depth === 0 && within === '');
  return own.slice(0, mostNodes).map((placed) => readNode(reader, placed));
}

/** ZipMap first: it stands next to the output. */
function labelledNodes(nodes: readonly NodeHead[]): NodeHead[] {
  const found = nodes.filter(({ operator }) => Object.hasOwn(knowing, operator));
  return found.sort((a, b) => Number(b.operator === 'ZipMap') - Number(a.operator === 'ZipMap'));
}

function ownLabels(reader: WireReader, node: NodeHead): Named | null {
  for (const span of node.attributes) {
    const { name } = readAttributeHead(reader, span);
    if (intLists.has(name)) {
      const classes = attributeInts(reader, span, mostClasses);
      if (classes.length > 0) return { kind: 'int64', classes };
    }
    if (textLists.has(name)) {
      const classes = attributeTexts(reader, span, mostClasses);
      if (classes.length > 0) return { kind: 'string', classes };
    }
  }
  return null;
}

/** The output of the graph that a value becomes with its columns unchanged, or null. */
function reached(value: string, nodes: readonly NodeHead[], { outputs }: GraphIndex): string | null {
  let name = value;
  for (let step = 0; step < 8; step += 1) {
    if (outputs.some((output) => output.name === name)) return name;
    const reading = nodes.filter(({ inputs, operator }) => inputs[0] === name && passing.has(operator));
    const [next] = reading;
    if (next === undefined || reading.length > 1) return null;
    name = next.outputs[0] ?? '';
  }
  return null;
}

function sameClasses(a: Named, b: Named): boolean {
  return a.classes.length === b.classes.length && a.classes.every((each, at) => each === b.classes[at]);
}

/**
 * Classifiers written in the standard's own operators choose the class from a list: skl2onnx without ZipMap. The output
 * with as many columns has them in the same order.
 */
function pickedLabels(reader: WireReader, index: GraphIndex, nodes: readonly NodeHead[]): ClassLabels[] {
  for (const { operator, inputs } of nodes) {
    const list = operator === 'ArrayFeatureExtractor' ? (inputs[0] ?? '') : '';
    const labels = list === '' ? null : namedList(reader, index, { name: list, nodes });
    const output = labels === null ? null : columnsOf(index, labels.classes.length);
    if (labels !== null && output !== null) return [{ output, from: operator, ...labels }];
  }
  return [];
}

function namedList(
  reader: WireReader,
  index: GraphIndex,
  { name, nodes }: { name: string; nodes: readonly NodeHead[] },
): Named | null {
  const weight = index.weights.find((each) => each.name === name);
  const head = weight === undefined ? constantOf(reader, nodes, name) : readTensorHead(reader, weight);
  if (head === null || (head.element !== 'string' && head.element !== 'int64' && head.element !== 'int32')) return null;
  const classes = tensorItems(reader, head, mostClasses).filter((item) => typeof item !== 'boolean');
  return classes.length < 2 ? null : { kind: head.element === 'string' ? 'string' : 'int64', classes };
}

function constantOf(reader: WireReader, nodes: readonly NodeHead[], name: string): TensorHead | null {
  const node = nodes.find(({ operator, outputs }) => operator === 'Constant' && outputs[0] === name);
  const [value] = node?.attributes ?? [];
  return value === undefined ? null : attributeTensor(reader, value);
}

function metadataLabels(index: GraphIndex): ClassLabels[] {
  for (const key of metadataKeys) {
    const entry = index.metadata.find((each) => each.key.toLowerCase() === key);
    const classes = entry === undefined ? null : metadataNames(entry.value);
    if (classes !== null && classes.length > 1 && classes.length <= mostClasses)
      return [{ output: columnsOf(index, classes.length), from: entry?.key ?? key, kind: 'string', classes }];
  }
  return [];
}

function metadataNames(text: string): string[] | null {
  const literal = namesOfLiteral(text);
  if (literal !== null) return literal;
  if (/^\s*[[{(]/.test(text)) return null;
  const separator = text.includes('\n') ? '\n' : ',';
  const names = text.split(separator).map((each) => each.trim());
  return names.length > 1 && names.every((each) => each !== '') ? names : null;
}

/** The one output of numbers with this many columns, or null. */
function columnsOf(index: GraphIndex, count: number): string | null {
  const fitting = index.outputs.filter(
    ({ type }) => type.kind === 'tensor' && type.element.includes('float') && type.shape?.at(-1) === count,
  );
  return fitting.length === 1 ? (fitting[0]?.name ?? null) : null;
}
