// A model's file, read for people: nothing of it is run, its weights are not loaded.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { GraphDrawing, GraphDrawingQuery } from '../../../protocol/inference/file/graph-drawing';
import type { GraphNode, NodePage, NodePageQuery, NodeRow } from '../../../protocol/inference/file/graph-outline';
import type { ModelOutline } from '../../../protocol/inference/outline';
import type { ValueType } from '../../../protocol/inference/value-type';
import { type DrawnFile, drawnGraph } from './drawing/drawn-graph';
import { GraphLinker, type GraphLinks } from './drawing/graph-links';
import { type GraphIndex, indexGraph, type PlacedNode, valueTypes, type WeightHead } from './graph/graph-walk';
import { nodeRow, nodeView } from './graph/node-view';
import { modelOutline } from './model-outline';
import { otherFile } from './said/other-file';
import { type ByteSource, withBytesOf } from './wire/byte-source';
import { MalformedBytes, WireReader } from './wire/wire-reader';

/**
 * What the file at `path` says of itself. Throws SlipwayError: `not-found`, `invalid` with what the file is instead and what
 * to do, `too-large` for more parts than can be shown.
 */
export function readOutline(path: string): ModelOutline {
  return readModel(path, (reader, index) => modelOutline(path, reader, index));
}

/** What `work` finds in the file at `path`, which is open as long as it lasts. Throws as `readOutline`. */
export function readModel<T>(path: string, work: (reader: WireReader, index: GraphIndex) => T): T {
  return withBytesOf(path, (source) =>
    told(path, source, () => {
      const reader = new WireReader(source);
      return work(reader, indexGraph(reader));
    }),
  );
}

/** One file, walked over. */
interface KeptFile {
  stamp: string;
  index: GraphIndex;
  types: Map<string, ValueType> | null;
  weights: Map<string, WeightHead> | null;
  /** Places of the nodes that a search left. */
  found: { wanted: string; places: number[] } | null;
  /** The graph that was drawn last. */
  drawn: { graph: number; links: GraphLinks } | null;
}

const mostKept = 4;

/** The nodes of files, each walked over once for many questions about it; a file that changed is walked over anew. */
export class ModelNodes {
  readonly #kept = new Map<string, KeptFile>();

  /** Rows of a page. Throws as `readOutline`. */
  page({ path, offset, count, find }: NodePageQuery): NodePage {
    return this.#reading(path, (reader, file) => {
      const { nodes } = file.index;
      const wanted = find.trim().toLowerCase();
      const row = (placed: PlacedNode, at: number): NodeRow => nodeRow(reader, placed, at);
      if (wanted === '') {
        return {
          rows: nodes.slice(offset, offset + count).map((each, at) => row(each, offset + at)),
          total: nodes.length,
        };
      }
      if (file.found?.wanted !== wanted) {
        const places = nodes.flatMap((each, at) => (holds(row(each, at), wanted) ? [at] : []));
        file.found = { wanted, places };
      }
      const { places } = file.found;
      const rows = places.slice(offset, offset + count).map((at) => row(nodes[at] as PlacedNode, at));
      return { rows, total: places.length };
    });
  }

  /** One node. Throws as `readOutline`, and `not-found` for a number that no node has. */
  node(path: string, index: number): GraphNode {
    return this.#reading(path, (reader, file) => {
      const placed = file.index.nodes[index];
      if (placed === undefined) throw new SlipwayError('not-found', `${basename(path)} has no node ${index} any more.`);
      return nodeView(reader, { ...placed, index }, valuesOf(reader, file));
    });
  }

  /** What is drawn of a graph. Throws as `readOutline`, and `not-found` for a node or graph that is not there. */
  drawing({ path, graph: asked, around, most }: GraphDrawingQuery): GraphDrawing {
    return this.#reading(path, (reader, file) => {
      const { index } = file;
      const graph = around === null ? asked : (index.nodes[around]?.graph ?? -1);
      if (index.graphs[graph] === undefined) {
        throw new SlipwayError('not-found', `${basename(path)} was written since and has no such graph any more.`);
      }
      const linker = new GraphLinker(reader, index);
      if (file.drawn?.graph !== graph) file.drawn = { graph, links: linker.links(graph) };
      const drawn = { reader, index, linker, ...valuesOf(reader, file) };
      return drawnGraph(drawn, file.drawn.links, { graph, around, most });
    });
  }

  #reading<T>(path: string, work: (reader: WireReader, file: KeptFile) => T): T {
    return withBytesOf(path, (source) =>
      told(path, source, () => {
        const reader = new WireReader(source);
        return work(reader, this.#file(path, reader));
      }),
    );
  }

  #file(path: string, reader: WireReader): KeptFile {
    const { mtimeMs, size, ino } = statSync(path);
    const stamp = `${mtimeMs} ${size} ${ino}`;
    const old = this.#kept.get(path);
    const fresh = { types: null, weights: null, found: null, drawn: null };
    const file = old?.stamp === stamp ? old : { stamp, index: indexGraph(reader), ...fresh };
    this.#kept.delete(path);
    this.#kept.set(path, file);
    const [eldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && eldest !== undefined) this.#kept.delete(eldest);
    return file;
  }
}

/** Of all values of the file, read once. */
function valuesOf(reader: WireReader, file: KeptFile): Pick<DrawnFile, 'types' | 'weights'> {
  file.types ??= valueTypes(reader, file.index);
  file.weights ??= new Map(file.index.weights.map((weight) => [weight.name, weight]));
  return { types: file.types, weights: file.weights };
}

function holds(
  { name, operator, inputs, outputs }: { name: string; operator: string; inputs: string[]; outputs: string[] },
  wanted: string,
): boolean {
  return [name, operator, ...inputs, ...outputs].some((text) => text.toLowerCase().includes(wanted));
}

function told<T>(path: string, source: ByteSource, work: () => T): T {
  const name = basename(path);
  const other = otherFile(source);
  if (other !== null) throw new SlipwayError('invalid', `${name} is no ONNX model. ${other}`);
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    const { isCutOff, reason, offset } = error;
    const at = `${reason} at byte ${offset.toLocaleString('en-US')}`;
    // What begins like a model is one that was damaged; anything else may be any file.
    if (!beginsLikeModel(source)) throw new SlipwayError('invalid', `${name} is no ONNX model: ${at}.`);
    const said = isCutOff ? `${name} is cut off: ${at}` : `${name} is damaged: ${at}`;
    throw new SlipwayError('invalid', `${said}. Copy or export it again.`);
  }
}

/** ir_version, a small number, and then a field that models have. */
function beginsLikeModel(source: ByteSource): boolean {
  const [tag, version, next = 0] = source.read(0, Math.min(3, source.size));
  return tag === 0x08 && (version ?? 0) < 100 && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72].includes(next);
}
