// What passes between the page of a model and its host. The host adds the file: a page can ask for no other.
import type { ModelFileQuestions } from './file/file-questions';
import type { GraphDrawingQuery } from './file/graph-drawing';
import type { NodePageQuery } from './file/graph-outline';
import type { TriedState } from './form/try-panel';

/** What the page asks, by the name of the model process's question. */
export interface ModelAsks {
  outline: Record<string, never>;
  nodePage: Omit<NodePageQuery, 'path'>;
  node: { index: number };
  drawing: Omit<GraphDrawingQuery, 'path'>;
}
export type ModelAsk = keyof ModelAsks;
export type ModelPanelAnswer<Q extends ModelAsk> = ModelFileQuestions[Q]['answer'];

/**
 * What the host writes into the page. `path` is as a command in the workspace's folder names the file; `against`: the name
 * of the model that was chosen to stand beside it; `part`: what is shown at first, null where the page decides.
 */
export interface ModelPanelBoot {
  name: string;
  path: string;
  against: string | null;
  part: ModelPart | null;
  /** What the page kept when it was written last, as `ModelPanelState`; null where nothing was. */
  kept: unknown;
}

/** Keeps the page's state at once: VS Code writes its own some seconds later. */
export interface ModelStateAsks {
  keepState: { input: { state: ModelPanelState }; answer: null };
}

/** What the page keeps over a reload: where it was, never what it showed. */
export interface ModelPanelState {
  v: 1;
  /** When it changed, in epoch milliseconds. */
  time: number;
  /** What was opened (true) or closed (false) of what can be, by name. */
  open: Record<string, boolean>;
  /** The text that nodes are searched for, and the node that is shown; null when none is. */
  find: string;
  node: number | null;
  /** The graph that is drawn, by its place among all. */
  graph: number;
  /** What is looked at; null until somebody chose: the file alone of a model that does not run here. */
  part: ModelPart | null;
  tried: TriedState;
  groups: GroupsChoice;
}

/** Which groups of a predicted table are looked at; null until somebody chose. */
export interface GroupsChoice {
  group: string | null;
  /** The class that counts as selected. */
  positive: string | null;
  /** Groups of fewer rows are not compared. */
  leastRows: number;
}

/** Trying the model, a whole table through it, its speed, what its file says, or its graph. */
export type ModelPart = 'try' | 'table' | 'speed' | 'model' | 'graph';
