// How params and metrics go together over many runs: what is asked, and the answers.
import * as z from 'zod';
import type { NonFinite } from '../number';
import type { MetricDirection, RunState } from '../run';
import { relationStats } from './relation-stat';

/** So many runs are looked at together. */
export const mostRelatedRuns = 1000;

const runIds = z.array(z.string().min(1).max(256)).min(1).max(mostRelatedRuns);
const stat = z.enum(relationStats).default('last');
const columnId = z.string().min(1).max(1100);

/** The values of these runs in all that tells them apart. */
export const relationValuesQuery = z.object({ runIds, stat });
export type RelationValuesQuery = z.output<typeof relationValuesQuery>;

/** Which params go with `target`, the id of a column of numbers; the forest takes up to seconds and is grown when asked for. */
export const importanceQuery = z.object({ runIds, stat, target: columnId, forest: z.boolean().default(false) });
export type ImportanceQuery = z.output<typeof importanceQuery>;

/** In a column of numbers a text is what is no number, as NaN or None; null is nothing at all. */
export type RelationValue = number | NonFinite | string | null;

/** One param, metric (`metric:loss`, whatever its stat), or the time a run took in seconds (`duration`). */
export interface RelationColumn {
  id: string;
  of: 'param' | 'metric' | 'duration';
  name: string;
  direction: MetricDirection;
  /** Texts that are no numbers are levels. */
  kind: 'number' | 'level';
  /** One a run, in the order of the runs. */
  values: RelationValue[];
}

/** A run that is still there. */
export interface RelatedRun {
  runId: string;
  name: string;
  state: RunState;
}

/**
 * Runs that are gone are left out. Columns: params that differ, metrics, duration. `constant` params are the same in
 * every run; `left` columns found no room.
 */
export interface RelationValues {
  runs: RelatedRun[];
  columns: RelationColumn[];
  constant: number;
  left: number;
}

/**
 * How far one param goes with the target. `share` is that of the variance of the target's ranks, from 0 to 1: ρ² along
 * the order of a number, ε² between levels. `p` is after Holm's correction over all params.
 */
export interface ParamRelation {
  id: string;
  name: string;
  kind: 'number' | 'level';
  /** Spearman's ρ; null for levels. */
  rho: number | null;
  share: number | null;
  p: number | null;
  /** Runs that have both, how many others lack the param or have no number there, and how many values it takes. */
  n: number;
  missing: number;
  levels: number;
  /**
   * The share of the target's variance that the param takes part in, by a forest: half of what R² loses when it is
   * shuffled (Jansen 1999), with its Monte-Carlo error; null where none was grown.
   */
  forest: { share: number; error: number } | null;
  /** Params that were changed together with it, so that their parts cannot be told apart. */
  twins: string[];
  /** Why nothing can be told; null where something can. */
  why: string | null;
}

/** `runs` have a finite value of the target, `missing` have none, `nonFinite` have NaN or an infinity. */
export interface Importance {
  target: string;
  runs: number;
  missing: number;
  nonFinite: number;
  /** The strongest first. */
  params: ParamRelation[];
  /** Null where none was asked for, or there are too few runs; R² of runs that the trees have not seen. */
  forest: { trees: number; r2: number; error: number; params: number } | null;
  /** Why nothing can be told of any param; null where something can. */
  why: string | null;
}

/** What the engine answers of it. Every method may throw SlipwayError. */
export interface RelationsApi {
  relationValues(query: RelationValuesQuery): Promise<RelationValues>;
  /** Throws `not-found` when no run has a number of that name. */
  importance(query: ImportanceQuery): Promise<Importance>;
}
