// What a model's file says of itself: read from its bytes, with nothing loaded and nothing run.
import type { ElementType, ValueType } from './value-type';

/** One input or output of the graph. */
export interface ModelValue {
  name: string;
  type: ValueType;
  doc: string;
}

/** Classes by column of an output. Whole numbers beyond 2^53 are strings. */
export interface ClassLabels {
  /** The output whose columns they name; null where the file does not tell. */
  output: string | null;
  /** What named them: an operator (`ZipMap`) or a key of the metadata (`names`). */
  from: string;
  kind: 'int64' | 'string';
  classes: (string | number)[];
}

/** Operators of one kind, in the graph, in its subgraphs and in the model's own functions. */
export interface OperatorCount {
  /** `ai.onnx` for the standard's own. */
  domain: string;
  name: string;
  count: number;
}

/** Weights by type. Bytes are those of the values, wherever they lie. */
export interface WeightCount {
  element: ElementType;
  count: number;
  bytes: number;
}

/** A file beside the model that holds weights. `path` is as the model writes it. */
export interface ExternalFile {
  path: string;
  tensors: number;
  /** The last byte that a tensor needs, from the file's start. */
  needs: number;
  /** null where there is no such file, or where it may not be read. */
  size: number | null;
  state: 'found' | 'missing' | 'short' | 'outside' | 'no file';
}

export type BlockCode =
  | 'custom-operator'
  | 'element-type'
  | 'operator-set-version'
  | 'format-version'
  | 'external-data'
  | 'name'
  | 'too-large'
  | 'empty-graph';

/** Something because of which the model does not run here, and what can be done. */
export interface RunBlock {
  code: BlockCode;
  text: string;
}

/** A model of the ONNX format. */
export interface ModelOutline {
  /** Bytes of the file itself. */
  bytes: number;
  irVersion: number;
  /** The standard's domain is `ai.onnx`. */
  operatorSets: { domain: string; version: number }[];
  producer: { name: string; version: string };
  domain: string;
  /** A whole number; a string beyond 2^53. */
  modelVersion: number | string;
  doc: string;
  graph: { name: string; doc: string };
  /** What has to be given. */
  inputs: ModelValue[];
  /** Inputs that have a value in the file already, and may be given another. */
  defaults: ModelValue[];
  outputs: ModelValue[];
  labels: ClassLabels[];
  metadata: { key: string; value: string }[];
  operators: OperatorCount[];
  /** Nodes of the graph itself, and of all graphs. */
  nodes: { graph: number; all: number };
  functions: { domain: string; name: string; nodes: number }[];
  weights: { count: number; bytes: number; byType: WeightCount[] };
  externalFiles: ExternalFile[];
  blocks: RunBlock[];
  /** What is worth knowing and stops nothing. */
  notes: string[];
}
