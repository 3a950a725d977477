// Where something comes from and what came of it, over all stages.

/** What can stand in a lineage, from left to right. */
export type LineageKind = 'source' | 'stage' | 'version' | 'run' | 'model';

/** One thing. `id` is unique in its kind: `flights@9c41…` of a version, a run's id, `NAME/3` of a model version. */
export interface LineageNode {
  kind: LineageKind;
  id: string;
  name: string;
  /** One line about it; '' when there is nothing to say. */
  detail: string;
  /** Epoch milliseconds; null when it has no time. */
  time: number | null;
  /** False when it is in the trash or known only by name. */
  isHere: boolean;
}

/**
 * One arrow, in the direction data flow. `by` says how it is known: the same bytes, the same path or the same name only
 * (the bytes may differ), or because somebody said so.
 */
export interface LineageEdge {
  from: { kind: LineageKind; id: string };
  to: { kind: LineageKind; id: string };
  by: 'content' | 'path' | 'name' | 'declared';
  /** In a few words: `--input`, `log_input (training)`, `dvc.yaml`. */
  how: string;
}

/** Everything within reach of one thing, both ways. */
export interface Lineage {
  nodes: LineageNode[];
  edges: LineageEdge[];
  /** One sentence each: what is not known, such as a run that named none of its inputs. */
  unknown: string[];
  /** True when there was more than is shown. */
  isCut: boolean;
}
