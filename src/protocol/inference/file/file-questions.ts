// What a model process answers about a file without running it.

import type { ModelOutline } from '../outline';
import type { GraphDrawing, GraphDrawingQuery } from './graph-drawing';
import type { GraphNode, NodePage, NodePageQuery } from './graph-outline';
import type { PickleScan } from './pickle-scan';

/** `path` is absolute. Each throws `not-found`, `invalid` (what the file is instead, and what to do) or `too-large`. */
export interface ModelFileQuestions {
  outline: { input: { path: string }; answer: ModelOutline; partial: never };
  nodePage: { input: NodePageQuery; answer: NodePage; partial: never };
  node: { input: { path: string; index: number }; answer: GraphNode; partial: never };
  drawing: { input: GraphDrawingQuery; answer: GraphDrawing; partial: never };
  pickleScan: { input: { path: string }; answer: PickleScan; partial: never };
}
