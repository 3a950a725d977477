// What the user changed a moment ago: shown before the engine has made it, alike in the tree, the panel and the table.
import type { ChangeableState } from '../run-change';
import { noteTag } from '../run-tag';

type Tags = { key: string; value: string }[];

/** What people change of a run, as far as it is shown. Times are epoch milliseconds. */
interface ShownRun {
  name: string;
  starred: boolean;
  archived: boolean;
  deletedTime?: number | null;
  note?: string | null;
  tags?: Tags;
}

/** A change on its way. `made` is in epoch milliseconds. */
export interface ExpectedChange extends Settling {
  change: ChangeableState;
  made: number;
}

/** `settled`: when the engine had made it, in milliseconds of `performance.now()`; infinity until then. */
export interface Settling {
  settled: number;
}

/**
 * Those that an answer may not hold yet which was asked for at `asked` (of the same clock): it may be older, however late
 * it comes. The same array when that is all of them.
 */
export function stillExpected<E extends Settling>(all: readonly E[], asked: number): readonly E[] {
  const left = all.filter(({ settled }) => settled >= asked);
  return left.length === all.length ? all : left;
}

/** The run as it will be. `now` is when a run goes into the trash. A name of nothing but blanks changes none. */
export function withChange<T extends ShownRun>(run: T, change: ChangeableState, now: number): T {
  const { starred, archived, deleted, tags } = change;
  const name = change.name?.trim() ?? '';
  // Tags may be named like something every object has.
  const note = tags !== undefined && Object.hasOwn(tags, noteTag) ? tags[noteTag] : undefined;
  const patch: Partial<ShownRun> = {
    ...(name === '' ? {} : { name }),
    ...(starred === undefined ? {} : { starred }),
    ...(archived === undefined ? {} : { archived }),
    ...(deleted === undefined || run.deletedTime === undefined ? {} : { deletedTime: deleted ? now : null }),
    ...(note === undefined || run.note === undefined ? {} : { note }),
    ...(tags === undefined || run.tags === undefined ? {} : { tags: withTags(run.tags, tags) }),
  };
  return { ...run, ...patch };
}

/** The run with all that is on its way. */
export function withExpected<T extends ShownRun>(run: T, all: readonly ExpectedChange[]): T {
  return all.reduce((next, { change, made }) => withChange(next, change, made), run);
}

/** Changed tags keep their place, new ones stand last. */
function withTags(tags: Tags, changed: Record<string, string | null>): Tags {
  const kept = tags.flatMap((tag) => {
    const value = Object.hasOwn(changed, tag.key) ? changed[tag.key] : undefined;
    return value === undefined ? [tag] : value === null ? [] : [{ key: tag.key, value }];
  });
  const added = Object.entries(changed).flatMap(([key, value]) =>
    value === null || tags.some((tag) => tag.key === key) ? [] : [{ key, value }],
  );
  return [...kept, ...added];
}
