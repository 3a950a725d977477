// What is drawn, as boxes with their texts and lines between them, before it has places.
import type {
  DrawnConstant,
  DrawnEdge,
  DrawnEnd,
  DrawnNode,
  GraphDrawing,
} from '../../../../src/protocol/inference/file/graph-drawing';
import type { ModelValue } from '../../../../src/protocol/inference/outline';
import { type ValueType, valueTypeText } from '../../../../src/protocol/inference/value-type';
import { countText } from '../../../../src/protocol/wording';
import { textWidth } from './text-width';

/** A line of a box; a press on one that has `graph` opens it. */
export interface BoxLine {
  text: string;
  graph: number | null;
}

/** One box. `index` is the node's; null for the ends of the graph. `said` is for those who hear it. */
export interface DrawnBox {
  id: string;
  kind: DrawnEnd['kind'];
  index: number | null;
  title: string;
  lines: BoxLine[];
  said: string;
  width: number;
  height: number;
}

/** One line. `label` is a size where the file tells it. */
export interface DrawnLine {
  from: string;
  to: string;
  label: string;
  names: string[];
}

/** Pixels: of the first line of a box, of each line below it. */
export const boxHead = 26;
export const boxLine = 16;
const widest = 208;
const narrowest = 56;
const mostConstants = 4;

/** In an order in which lines go from earlier boxes to later ones. */
export function drawnBoxes(drawing: GraphDrawing): { boxes: DrawnBox[]; lines: DrawnLine[] } {
  const { inputs, outer, nodes, outputs, edges } = drawing;
  const boxes = [
    ...inputs.map((value) => endBox('input', value)),
    ...outer.map((name) => endBox('outer', { name, type: { kind: 'unknown' } })),
    ...nodes.map(nodeBox),
    ...outputs.map((value) => endBox('output', value)),
  ];
  return { boxes, lines: edges.map(drawnLine) };
}

/** The id of a node's box. */
export function nodeId(index: number): string {
  return `node ${index}`;
}

function endId(end: DrawnEnd): string {
  return end.kind === 'node' ? nodeId(end.index) : `${end.kind} ${end.name}`;
}

function nodeBox({ index, name, operator, constants, graphs }: DrawnNode): DrawnBox {
  const shown = constants.length > mostConstants ? constants.slice(0, mostConstants - 1) : constants;
  const rest = constants.length - shown.length;
  const lines: BoxLine[] = [
    ...shown.map((constant) => ({ text: constantLine(constant), graph: null })),
    ...(rest > 0 ? [{ text: `${rest} more`, graph: null }] : []),
    ...graphs.map((inner) => ({ text: `${inner.name}: ${countText(inner.nodes, 'node')}`, graph: inner.graph })),
  ];
  const said = [name === '' ? operator : `${operator}, ${name}`, ...lines.map(({ text }) => text)].join(', ');
  return sized({ id: nodeId(index), kind: 'node', index, title: operator, lines, said });
}

function endBox(kind: 'input' | 'output' | 'outer', { name, type }: Pick<ModelValue, 'name' | 'type'>): DrawnBox {
  const text = type.kind === 'unknown' ? '' : valueTypeText(type);
  const lines = text === '' ? [] : [{ text, graph: null }];
  const said = [`${endWords[kind]} ${name}`, ...(text === '' ? [] : [text])].join(', ');
  return sized({ id: endId({ kind, name }), kind, index: null, title: name, lines, said });
}

/** What an end of the graph is called. */
export const endWords = { input: 'Input', output: 'Output', outer: 'From the graph around:' } as const;

/** Exporters write the way to a weight into its name: its end says most. A constant's name says nothing. */
function constantLine({ name, text, node }: DrawnConstant): string {
  if (node !== null && text !== '') return text;
  const short = name.split(/[/.:]/).findLast((part) => part !== '') ?? name;
  return text === '' ? short : `${short} ${text}`;
}

function sized(box: Omit<DrawnBox, 'width' | 'height'>): DrawnBox {
  const texts = [textWidth(box.title, 'head'), ...box.lines.map(({ text }) => textWidth(text, 'line'))];
  const width = Math.min(widest, Math.max(narrowest, Math.ceil(Math.max(...texts)) + 20));
  return { ...box, width, height: boxHead + (box.lines.length > 0 ? box.lines.length * boxLine + 4 : 0) };
}

function drawnLine({ from, to, values }: DrawnEdge): DrawnLine {
  const [first] = values;
  // An end of the graph tells its type itself.
  const isSaid = from.kind !== 'node' || to.kind !== 'node';
  const label = first === undefined || values.length > 1 || isSaid ? '' : sizeText(first.type);
  return { from: endId(from), to: endId(to), label, names: values.map(({ name }) => name) };
}

function sizeText(type: ValueType | null): string {
  if (type?.kind !== 'tensor' || type.shape === null) return '';
  return type.shape.map((size) => size ?? '?').join(' × ');
}
