// What a gate is given: the model, what it is compared with, the data, and what else is known of it.
import type { Finding } from '../../lifecycle/models/gate/finding';
import type { TableSource } from '../../protocol/datasets/table-source';
import type { ModelOutline } from '../../protocol/inference/outline';
import type { NothingCompared } from '../../protocol/models/gate/compared-words';
import type { GateRule } from '../../protocol/models/gate/gate-rule';

/** A model as a file. `bytes` are those of all its files. */
export interface GateModel {
  name: string;
  version: string | null;
  path: string;
  sha256: string;
  bytes: number;
  outline: ModelOutline;
}

/** Why there is no other model. */
export type NoModel = NothingCompared;

/** Rows with what is true of them. */
export interface GateTable {
  name: string;
  version: string | null;
  source: TableSource;
  id: string | null;
  label: string | null;
  /** Columns that go into models, a list for each number of them. */
  features: string[][];
}

/** Why there is no table. */
export interface NoTable {
  none: string;
}

/** One evaluation. `folder`: where predictions are written and may stay. What is asked by name is asked once for each name. */
export interface GateGiven {
  model: string;
  candidate: GateModel;
  rules: readonly GateRule[];
  rulesDigest: string;
  folder: string;
  /** Files that rules name lie in this folder or below. */
  base: string;
  other(against: string): Promise<GateModel | NoModel>;
  /** The holdout where `dataset` is null. */
  table(dataset: string | null): Promise<GateTable | NoTable>;
  /** What the run logged; undefined where nothing is known of a run. */
  logged(metric: string): number | undefined;
  /** What is said of the model: tags and a description, or the metadata of its file. */
  said(key: string): string | undefined;
  /** The file of what the training framework predicted, where the workspace knows it. */
  framework: string | null;
  /** What only a registered version has: its data, what they drifted from, what people answered. */
  fact(rule: GateRule): Promise<Finding>;
  notes: string[];
}

/** True for a model or a table that is not there. */
export function isNone<T extends object>(found: T | NoModel | NoTable): found is NoModel | NoTable {
  return 'none' in found;
}
