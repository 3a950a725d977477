// What a person changes about a run, shown before the engine has said yes.
import type { RunDetail } from '../../../src/protocol/run';
import type { RunChange } from '../../../src/protocol/runs/run-change';

/** A change of this panel's run. */
export type RunEdit = Omit<RunChange, 'runId'>;

/** The run as it will be. `now` is when a run goes into the trash, epoch ms. */
export function withEdit(run: RunDetail, edit: RunEdit, now: number): RunDetail {
  const next = { ...run };
  if (edit.name !== undefined) next.name = edit.name;
  if (edit.starred !== undefined) next.starred = edit.starred;
  if (edit.archived !== undefined) next.archived = edit.archived;
  if (edit.deleted !== undefined) next.deletedTime = edit.deleted ? now : null;
  if (edit.tags !== undefined) next.tags = withTags(run.tags, edit.tags);
  return next;
}

/** Changed tags keep their place, new ones stand last. */
function withTags(tags: RunDetail['tags'], changed: Record<string, string | null>): RunDetail['tags'] {
  const kept = tags.flatMap((tag) => {
    // A tag may be named like something every object has.
    const value = Object.hasOwn(changed, tag.key) ? changed[tag.key] : undefined;
    return value === undefined ? [tag] : value === null ? [] : [{ key: tag.key, value }];
  });
  const added = Object.entries(changed).flatMap(([key, value]) =>
    value === null || tags.some((tag) => tag.key === key) ? [] : [{ key, value }],
  );
  return [...kept, ...added];
}
