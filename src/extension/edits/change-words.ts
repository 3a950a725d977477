// What a change of one run is called when it is told of: `Starred best.`

import { l10n } from 'vscode';
import { isolatedName } from '../../base/isolated-name';
import type { RunStatus } from '../../protocol/run';
import type { RunChange } from '../../protocol/runs/run-change';
import { noteTag } from '../../protocol/runs/run-tag';

const statusWords: Record<RunStatus, () => string> = {
  FINISHED: () => l10n.t('finished'),
  FAILED: () => l10n.t('failed'),
  KILLED: () => l10n.t('stopped'),
  RUNNING: () => l10n.t('running'),
  SCHEDULED: () => l10n.t('queued'),
};

/** The sentence for a change of a run, or of several alike; `called` is what they were called before it. */
export function changeWords(called: string, { name, starred, ...change }: Omit<RunChange, 'runId'>): string {
  const run = isolatedName(called);
  if (name !== undefined) return l10n.t('Renamed {0} to {1}.', run, isolatedName(name));
  if (starred !== undefined) return starred ? l10n.t('Starred {0}.', run) : l10n.t('Removed the star of {0}.', run);
  const { archived, deleted, status, tags = {} } = change;
  if (status !== undefined) return l10n.t('Marked {0} as {1}.', run, statusWords[status]());
  if (archived !== undefined)
    return archived ? l10n.t('Archived {0}.', run) : l10n.t('Took {0} out of the archive.', run);
  if (deleted !== undefined) return deleted ? l10n.t('Moved {0} to the trash.', run) : l10n.t('Restored {0}.', run);
  if (Object.hasOwn(tags, noteTag)) return l10n.t('Changed the note of {0}.', run);
  const [[key, value] = ['', null]] = Object.entries(tags);
  return value === null
    ? l10n.t('Removed the tag {0} of {1}.', key, run)
    : l10n.t('Tagged {0} {1}={2}.', run, key, value);
}
