// What of a model is run: the file itself, or a view of it in memory in which what onnxruntime cannot hand over is turned
// into tensors. The file is never written; names stay those of the file.
import { readFile, realpath } from 'node:fs/promises';
import { SlipwayError } from '../../../base/errors';
import type { OnnxSource } from '../../../platform/onnx/onnx-session';
import type { ClassLabels, ModelOutline, ModelValue } from '../../../protocol/inference/outline';
import type { Dimension, ElementType, ValueType } from '../../../protocol/inference/value-type';
import { weightFile } from '../model-file/said/external-files';
import {
  type Declared,
  dataTypes,
  editedModel,
  graphNodes,
  type ModelEdits,
  type NodeNames,
  nodeBytes,
  numberAttribute,
} from './model-edits';
import { type ListNames, packedList } from './packed-list';

/** A model as it is run. */
export interface ModelView {
  source: OnnxSource;
  /** What has to be given and what can be asked for, by the file's names. */
  inputs: ModelValue[];
  outputs: ModelValue[];
  /** Classes by column, of outputs that were lists of class scores. */
  labels: Record<string, (string | number)[]>;
  /** How the view differs from the file, a sentence each. */
  changes: string[];
  /** The session's name of each input and output that is a tensor. */
  sessionNames: ReadonlyMap<string, string>;
  /** Outputs that are lists of tensors. */
  lists: ReadonlyMap<string, ListNames>;
}

/** Node reads a file of two gigabytes at most. */
const mostBytes = 2 ** 31 - 1;

type TensorType = Extract<ValueType, { kind: 'tensor' }>;

/**
 * Of the model at `path`. Throws SlipwayError `invalid` where its weights are not all in files beside it or its names cannot
 * be used, `too-large` where no view can be made.
 */
export async function derivedView(path: string, outline: ModelOutline): Promise<ModelView> {
  const block = outline.blocks.find(({ code }) => code === 'external-data' || code === 'name');
  if (block !== undefined) throw new SlipwayError('invalid', block.text);
  const draft = new ViewDraft(outline);
  // onnxruntime looks for weights beside the path that it is given, which may be a link.
  if (!draft.isNeeded) return { source: { path: await realpath(path) }, ...draft.asItIs };
  if ([outline.bytes, ...outline.externalFiles.map(({ size }) => size ?? 0)].some((bytes) => bytes > mostBytes)) {
    throw new SlipwayError(
      'too-large',
      'The model has outputs that need a changed copy in memory, and it, or a file of its weights, is larger than 2 GB.',
    );
  }
  const model = await readFile(path);
  draft.plan([...graphNodes(model)]);
  const external = await Promise.all(
    outline.externalFiles.map(async ({ path: name }) => ({ path: name, data: await weightBytes(path, name) })),
  );
  return { source: { bytes: editedModel(model, draft.edits), external }, ...draft.view };
}

async function weightBytes(model: string, name: string): Promise<Uint8Array> {
  const real = weightFile(model, name);
  // It was beside the model a moment ago.
  if (real === null) throw new SlipwayError('invalid', `${name} was moved while the model was loaded.`);
  return readFile(real);
}

class ViewDraft {
  readonly #outline: ModelOutline;
  readonly #edits = {
    withoutNodes: new Set<string>(),
    inputs: new Map<string, Declared | null>(),
    outputs: new Map<string, readonly Declared[]>(),
    nodesBefore: [] as Uint8Array[],
    nodesAfter: [] as Uint8Array[],
  };
  readonly #lists = new Map<string, ListNames>();
  readonly #outputs: ModelValue[] = [];
  readonly #labels: ModelView['labels'] = {};
  readonly #changes: string[] = [];
  readonly #sessionNames = new Map<string, string>();

  constructor(outline: ModelOutline) {
    this.#outline = outline;
    for (const { name } of [...outline.inputs, ...outline.defaults]) this.#sessionNames.set(name, name);
  }

  get isNeeded(): boolean {
    const { inputs, defaults, outputs } = this.#outline;
    return outputs.some(({ type }) => type.kind !== 'tensor') || [...inputs, ...defaults, ...outputs].some(isBrief);
  }

  get asItIs(): Omit<ModelView, 'source'> {
    const { inputs, outputs } = this.#outline;
    for (const { name } of outputs) this.#sessionNames.set(name, name);
    return { inputs, outputs, labels: {}, changes: [], sessionNames: this.#sessionNames, lists: this.#lists };
  }

  get edits(): ModelEdits {
    return this.#edits;
  }

  get view(): Omit<ModelView, 'source'> {
    return {
      inputs: this.#outline.inputs,
      outputs: this.#outputs,
      labels: this.#labels,
      changes: this.#changes,
      sessionNames: this.#sessionNames,
      lists: this.#lists,
    };
  }

  /** Decides over every input and output. `nodes`: those of the graph itself. */
  plan(nodes: readonly NodeNames[]): void {
    const { inputs, defaults, outputs } = this.#outline;
    for (const value of [...inputs, ...defaults]) if (isBrief(value)) this.#widenInput(value, value.type as TensorType);
    for (const value of outputs) {
      const zipMap = nodes.find((node) => node.operator === 'ZipMap' && node.outputs[0] === value.name);
      if (zipMap !== undefined) this.#unzip(value, zipMap.inputs[0] ?? '');
      else if (isBrief(value)) this.#widenOutput(value, value.type as TensorType);
      else if (value.type.kind === 'tensor') this.#keep(value, value.name);
      else if (value.type.kind === 'sequence' && value.type.of.kind === 'tensor')
        this.#pick(value, value.type.of.element);
      else this.#drop(value);
    }
  }

  #keep(value: ModelValue, sessionName: string): void {
    this.#outputs.push(value);
    this.#sessionNames.set(value.name, sessionName);
  }

  /** Scores by class as rows of a tensor, in the order of the classes. */
  #unzip(value: ModelValue, scores: string): void {
    const { name, doc } = value;
    const classes = this.#outline.labels.find((each) => isZipMapOf(each, name))?.classes ?? [];
    if (new Set(classes).size !== classes.length)
      throw new SlipwayError('invalid', `The output ${name} names a class twice. Export the model again.`);
    const shape: Dimension[] = [null, classes.length];
    this.#edits.withoutNodes.add(name);
    this.#edits.outputs.set(name, [{ name: scores, element: dataTypes.float32, shape: null }]);
    this.#labels[name] = classes;
    this.#keep({ name, doc, type: { kind: 'tensor', element: 'float32', shape } }, scores);
    this.#changes.push(
      `${name}: the step that makes a map of each row (ZipMap) is left out; its scores come as columns, in the order of the classes.`,
    );
  }

  #widenInput({ name }: ModelValue, { shape }: TensorType): void {
    const wide = this.#free(`${name}_float32`);
    this.#edits.inputs.set(name, { name: wide, element: dataTypes.float32, shape });
    this.#edits.nodesBefore.push(cast(wide, name, dataTypes.bfloat16));
    this.#sessionNames.set(name, wide);
    this.#changes.push(`${name}: taken as float32 and rounded to the model’s bfloat16.`);
  }

  #widenOutput(value: ModelValue, { shape }: TensorType): void {
    const { name, doc } = value;
    const wide = this.#free(`${name}_float32`);
    this.#edits.outputs.set(name, [{ name: wide, element: dataTypes.float32, shape }]);
    this.#edits.nodesAfter.push(cast(name, wide, dataTypes.float32));
    this.#keep({ name, doc, type: { kind: 'tensor', element: 'float32', shape } }, wide);
    this.#changes.push(`${name}: bfloat16, handed over as float32, which holds each of its values.`);
  }

  /** A list of tensors. */
  #pick(value: ModelValue, element: ElementType): void {
    const type = dataTypes[element as keyof typeof dataTypes] as number | undefined;
    if (type === undefined || type === dataTypes.bfloat16) {
      this.#drop(value);
      return;
    }
    const { name } = value;
    const { outputs, nodes, names } = packedList(this.#free(name), name, type);
    this.#edits.outputs.set(name, outputs);
    this.#edits.nodesAfter.push(...nodes);
    this.#outputs.push(value);
    this.#lists.set(name, names);
    this.#changes.push(
      `${name}: a list of tensors, handed over as one with the shape of each beside it, and taken apart again.`,
    );
  }

  /** Not handed over, and no longer an output, because a run of all outputs would fail. */
  #drop({ name, type }: ModelValue): void {
    this.#edits.outputs.set(name, []);
    this.#changes.push(`${name}: a ${type.kind}, which cannot be handed over here; it is left out.`);
  }

  /** A name that no value of the model has: what the file declares is looked at, the rest is guarded by the ending. */
  #free(name: string): string {
    const taken = new Set([...this.#outline.inputs, ...this.#outline.outputs].map((each) => each.name));
    let free = `${name}_slipway`;
    while (taken.has(free)) free += '_';
    return free;
  }
}

function isZipMapOf({ output, from }: ClassLabels, name: string): boolean {
  return output === name && from === 'ZipMap';
}

function isBrief({ type }: ModelValue): boolean {
  return type.kind === 'tensor' && type.element === 'bfloat16';
}

function cast(from: string, to: string, element: number): Uint8Array {
  return nodeBytes({ operator: 'Cast', inputs: [from], outputs: [to] }, [numberAttribute('to', element)]);
}
