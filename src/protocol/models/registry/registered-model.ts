// A registered model as it stands in lists: which version is where, and what waits for a person.
import * as z from 'zod';
import { modelName } from '../model-definition';
import type { VersionSummary } from './model-version';

/** `champion`: the version in production of a gated model, or the one that the alias names. */
export interface ModelSummary {
  name: string;
  description: string;
  /** Rules were accepted for it, now or ever: its protected stages and aliases move by decision only. */
  isGated: boolean;
  versions: number;
  champion: string | null;
  /** Versions whose gate passes and that lack approvals. */
  waiting: number;
  /** What differs in slipway.yaml from the rules that were accepted, and weakens them; null where nothing does. */
  pendingRules: string | null;
  /** Epoch milliseconds. */
  updated: number;
}

/** One model with its versions, the newest first. */
export interface ModelDetail extends ModelSummary {
  /** The line of slipway.yaml that its entry begins at. */
  rulesLine: number | null;
  /** The rules that count, by their ids. */
  rules: { id: string; kind: string; severity: string }[];
  protects: string[];
  /** A version was its champion, now or ever. */
  hadChampion: boolean;
  items: VersionSummary[];
  next: string | null;
}

const page = z
  .string()
  .max(100)
  .nullish()
  .transform((token) => token ?? null);

/** A page of models by name. */
export const modelListQuery = z.object({ limit: z.number().int().min(1).max(500).default(100), page });

/** A model with a page of its versions. */
export const modelQuery = z.object({ name: modelName, limit: z.number().int().min(1).max(500).default(100), page });
