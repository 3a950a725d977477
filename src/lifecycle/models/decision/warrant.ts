// What whoever moves a version brings along: who they are, and what the version was when it was last looked at.

import { SlipwayError } from '../../../base/errors';
import { withoutEnd } from '../../../base/text-end';
import type { Refusal } from '../../../protocol/models/registry/model-version';
import type { EvidenceSubject } from './evidence';

/** Which way a request came. */
export type Door = 'command line' | 'editor' | 'MLflow client' | 'bundle' | 'artifacts';

/** A version as it was at `time` (epoch milliseconds), all of its files read. `trained`: the contents of the data that its run read. */
export interface Warrant {
  model: number;
  version: number;
  subject: EvidenceSubject;
  time: number;
  trained: string[];
  /** Whether its files changed since then, or are being changed. */
  isChanged: () => boolean;
}

/** `obstacle`: why there is no warrant. */
export interface MoveTerms {
  actor: string;
  door: Door;
  warrant?: Warrant | undefined;
  obstacle?: Refusal | undefined;
}

/** A decision that rules refuse. */
export function refused(what: string, refusals: readonly Refusal[], digest: string | null): SlipwayError {
  const named = refusals.map(({ rule, why }) => `${rule} (${withoutEnd(why, /[.\s]/)})`).join('; ');
  return new SlipwayError('forbidden', `${what}: ${named}.`, { details: { refusals, digest } });
}

/** The refusals of an error that `refused` made; undefined for any other. */
export function refusalsIn(error: unknown): Refusal[] | undefined {
  if (!SlipwayError.is(error, 'forbidden')) return undefined;
  const { refusals } = error.details;
  return Array.isArray(refusals) ? (refusals as Refusal[]) : undefined;
}
