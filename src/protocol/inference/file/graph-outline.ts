// The nodes of a model's graph, page by page, in the order in which the file holds them.
import type { ValueType } from '../value-type';

/** A name that a node reads or writes. An empty name is an optional input that is left out. */
export interface NodeValue {
  name: string;
  /** What the operator calls it, such as W; '' where that is not known. */
  role: string;
  /** null where the file says no type; nothing is inferred. */
  type: ValueType | null;
  isWeight: boolean;
}

/** An attribute, its value as text: long lists are cut. */
export interface NodeAttribute {
  name: string;
  kind: string;
  text: string;
}

/** One node. */
export interface GraphNode {
  /** Its place among all nodes: those of a subgraph follow the node that holds it. */
  index: number;
  /** 0 for the graph itself. */
  depth: number;
  /** The attribute of the node above that holds this one's graph; empty at depth 0. */
  branch: string;
  /** The function of the model that this node is a part of: `domain.name`; empty in the graph. */
  function: string;
  name: string;
  operator: string;
  domain: string;
  doc: string;
  inputs: NodeValue[];
  outputs: NodeValue[];
  attributes: NodeAttribute[];
}

/** What a list shows of a node without opening it. */
export interface NodeRow {
  index: number;
  depth: number;
  name: string;
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
}

/** `find`: text that a node's name, operator, or one of its values holds, whatever the case; empty for all. */
export interface NodePageQuery {
  path: string;
  offset: number;
  count: number;
  find: string;
}

/** `total` nodes are left by the search. */
export interface NodePage {
  rows: NodeRow[];
  total: number;
}
