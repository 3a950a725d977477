// A version of a registered model: where its files are and where they came from.
import { SlipwayError } from '../../base/errors';
import type { ModelTag } from './registered-model';
import type { ModelStage } from './rules/model-stage';

/**
 * One version, not deleted. `source` is as it was registered, `storageLocation` where it led then; empty texts mean "not
 * said". `modelId` is the logged model it was made from. Times are epoch milliseconds.
 */
export interface ModelVersionRow {
  model: number;
  name: string;
  version: number;
  description: string | null;
  stage: ModelStage;
  source: string;
  storageLocation: string;
  runId: string;
  runLink: string;
  modelId: string;
  /** Whoever git said registered it; nobody knows where empty. */
  author: string;
  creationTime: number;
  lastUpdateTime: number;
}

/** A version with its tags and the aliases that point at it. */
export interface ModelVersionRecord extends ModelVersionRow {
  tags: ModelTag[];
  aliases: string[];
}

/** The version's number. Throws `invalid` for a text that is no whole number. */
export function versionNumber(text: string): number {
  if (/^\s*[+-]?\d+\s*$/.test(text)) return Number(text);
  throw new SlipwayError('invalid', `Parameter 'version' must be an integer, got '${text}'.`);
}
