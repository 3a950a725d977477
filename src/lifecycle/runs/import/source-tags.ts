// How an imported run remembers where it came from, and what id it gets.
import { createHash } from 'node:crypto';
import type { SourceRun, SourceTool } from './source-run';

/** The tags of an imported run. */
export const sourceTags = {
  tool: 'slipway.source.tool',
  /** Where the store lay when the run was imported. */
  path: 'slipway.source.path',
  /** What names the run inside the store. */
  run: 'slipway.source.run',
  /** What the source looked like then: as long as it looks so, there is nothing new in it. */
  state: 'slipway.source.state',
  /** Points that the source itself no longer shows, because its training began again before them. */
  superseded: 'slipway.source.superseded',
} as const;

/** The id of a run whose own one cannot be used: the same for the same run of a store, wherever the store lies. */
export function derivedRunId(tool: SourceTool, { identity }: Pick<SourceRun, 'identity'>): string {
  return shortHash(`${tool}\0${identity}`);
}

/** 32 hex digits that name a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
