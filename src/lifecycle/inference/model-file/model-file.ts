// A model's file, read for people: nothing of it is run, its weights are not loaded.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { GraphNode, NodePage, NodePageQuery } from '../../../protocol/inference/graph-outline';
import type { ModelOutline } from '../../../protocol/inference/outline';
import type { ValueType } from '../../../protocol/inference/value-type';
import { type GraphIndex, indexGraph, valueTypes } from './graph/graph-walk';
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
  return withBytesOf(path, (source) => told(path, source, () => outlineOf(path, new WireReader(source))));
}

function outlineOf(path: string, reader: WireReader): ModelOutline {
  return modelOutline(path, reader, indexGraph(reader));
}

/** The nodes of one file, indexed once for many questions about them; a file that changed is indexed anew. */
export class ModelNodes {
  #kept: { path: string; stamp: string; index: GraphIndex; types: Map<string, ValueType> | null } | null = null;

  /** Rows of a page. Throws as `readOutline`. */
  page({ path, offset, count, find }: NodePageQuery): NodePage {
    return this.#reading(path, (reader, index) => {
      const wanted = find.trim().toLowerCase();
      if (wanted === '') {
        const placed = index.nodes.slice(offset, offset + count);
        return { rows: placed.map((each, at) => nodeRow(reader, each, offset + at)), total: index.nodes.length };
      }
      const rows = index.nodes.map((each, at) => nodeRow(reader, each, at)).filter((row) => holds(row, wanted));
      return { rows: rows.slice(offset, offset + count), total: rows.length };
    });
  }

  /** One node. Throws as `readOutline`, and `not-found` for a number that no node has. */
  node(path: string, index: number): GraphNode {
    return this.#reading(path, (reader, found) => {
      const placed = found.nodes[index];
      if (placed === undefined) throw new SlipwayError('not-found', `${basename(path)} has no node ${index} any more.`);
      const weights = new Set(found.weights.map(({ name }) => name));
      return nodeView(reader, { ...placed, index }, { types: this.#types(reader, found), weights });
    });
  }

  #reading<T>(path: string, work: (reader: WireReader, index: GraphIndex) => T): T {
    return withBytesOf(path, (source) =>
      told(path, source, () => {
        const reader = new WireReader(source);
        const { mtimeMs, size, ino } = statSync(path);
        const stamp = `${mtimeMs} ${size} ${ino}`;
        if (this.#kept?.path !== path || this.#kept.stamp !== stamp)
          this.#kept = { path, stamp, index: indexGraph(reader), types: null };
        return work(reader, this.#kept.index);
      }),
    );
  }

  #types(reader: WireReader, index: GraphIndex): Map<string, ValueType> {
    const kept = this.#kept;
    if (kept === null) return valueTypes(reader, index);
    kept.types ??= valueTypes(reader, index);
    return kept.types;
  }
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
