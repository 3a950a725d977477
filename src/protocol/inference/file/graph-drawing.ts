// One graph of a model as it is drawn: all of it, or what lies around one node.
import type { ModelValue } from '../outline';
import type { ValueType } from '../value-type';

/** Asks for `graph`, or for the one of the node `around`. At most `most` nodes, the nearest to it. `path` is the file's. */
export interface GraphDrawingQuery {
  path: string;
  /** By its place among all: 0 is the model's own. */
  graph: number;
  around: number | null;
  most: number;
}

/** A graph that lies within a node, or what a function of the model's own is made of. */
export interface InnerGraph {
  graph: number;
  /** `then_branch` of a choice; the function's name. */
  name: string;
  nodes: number;
}

/** A weight or constant that a node reads. `text` is its value where it is short, else its size; `node` what makes it. */
export interface DrawnConstant {
  name: string;
  text: string;
  node: number | null;
}

/** A node; constants are written into those that read them. */
export interface DrawnNode {
  index: number;
  name: string;
  operator: string;
  domain: string;
  constants: DrawnConstant[];
  graphs: InnerGraph[];
  /** Nodes that it reads from, or that read it, which are not drawn. At most 100 each. */
  before: number[];
  after: number[];
}

/** An end of an edge. `outer` is a value of the graph around. */
export type DrawnEnd = { kind: 'node'; index: number } | { kind: 'input' | 'output' | 'outer'; name: string };

/** What goes from one end to the other. */
export interface DrawnEdge {
  from: DrawnEnd;
  to: DrawnEnd;
  values: { name: string; type: ValueType | null }[];
}

/** The graphs from the model's own to one of them. */
export interface GraphStep {
  graph: number;
  name: string;
  /** The node that holds it. */
  holder: number | null;
}

/** `total` counts the nodes of the graph without its constants; as many are drawn where it is whole. */
export interface GraphDrawing {
  graph: number;
  way: GraphStep[];
  total: number;
  nodes: DrawnNode[];
  inputs: ModelValue[];
  outputs: ModelValue[];
  /** Of the graphs around, which this one reads. */
  outer: string[];
  edges: DrawnEdge[];
}
