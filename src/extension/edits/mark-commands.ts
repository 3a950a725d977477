// Star, archive, trash, of one run or of many. Only what harms a training that runs is asked for.
import { l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { RunQuery } from '../../protocol/api';
import { mostChanges, type RunChange } from '../../protocol/runs/run-change';
import { countText } from '../../protocol/wording';
import type { CommandTools } from '../commands/command-tools';
import { withChildRuns } from '../picking/child-runs';
import type { Given } from '../picking/given-rows';
import { bySession, runsText } from '../picking/run-groups';
import { runsFor } from '../picking/runs-for';
import type { EngineSession } from '../session/engine-session';
import type { RunNode } from '../views/run-node';
import { changeWords } from './change-words';
import { mayDelete } from './confirm-delete';

interface Mark {
  change: Omit<RunChange, 'runId'>;
  /** Runs that can be marked so: what the palette's list offers. */
  query: RunQuery;
  question: () => string;
  /** What is said when there is none of these. */
  none?: () => string;
  isMarked: (node: RunNode) => boolean;
  /** The runs below go along. */
  withChildren?: boolean;
}

const marks = {
  star: {
    change: { starred: true },
    query: {},
    question: () => l10n.t('Which runs get a star?'),
    isMarked: ({ run }: RunNode) => run.starred,
  },
  unstar: {
    change: { starred: false },
    query: { starred: true },
    question: () => l10n.t('Which runs lose their star?'),
    none: () => l10n.t('No run has a star. Slipway: Star Runs… gives one.'),
    isMarked: ({ run }: RunNode) => !run.starred,
  },
  archive: {
    change: { archived: true },
    query: {},
    question: () => l10n.t('Which runs are archived?'),
    isMarked: ({ run }: RunNode) => run.archived,
    withChildren: true,
  },
  unarchive: {
    change: { archived: false },
    query: { archived: 'only' },
    question: () => l10n.t('Which runs leave the archive?'),
    none: () => l10n.t('No run is archived. Slipway: Archive Runs… archives one.'),
    isMarked: ({ run }: RunNode) => !run.archived,
  },
  delete: {
    change: { deleted: true },
    query: { archived: 'with' },
    question: () => l10n.t('Which runs go to the trash?'),
    isMarked: ({ run }: RunNode) => run.deletedTime !== null,
    withChildren: true,
  },
  restore: {
    change: { deleted: false },
    query: { deleted: true, archived: 'with' },
    question: () => l10n.t('Which runs come back from the trash?'),
    none: () => l10n.t('The trash is empty. Slipway: Move Runs to Trash… throws a run away.'),
    isMarked: ({ run }: RunNode) => run.deletedTime === null,
  },
} satisfies Record<string, Mark>;

/** Marks runs: those of the menu or the selection, else those the user picks. */
export async function markRuns(tools: CommandTools, name: keyof typeof marks, given: Given = []): Promise<void> {
  const mark: Mark = marks[name];
  const { query, none } = mark;
  const picking = { question: mark.question(), query, ...(none === undefined ? {} : { none }) };
  const nodes = (await runsFor(tools, given, picking)).filter((node) => !mark.isMarked(node));
  const families: { session: EngineSession; chosen: RunNode[]; group: RunNode[] }[] = [];
  for (const [session, chosen] of bySession(nodes)) {
    const all = mark.withChildren === true ? await withChildRuns(chosen, mostChanges + 1) : chosen;
    if (all.length > mostChanges && chosen.length <= mostChanges) throw tooManyChildren(chosen);
    families.push({ session, chosen, group: all.filter((node) => !mark.isMarked(node)) });
  }
  const isDeleting = mark.change.deleted === true;
  if (isDeleting && !(await mayDelete(families.flatMap(({ group }) => group).map(({ run }) => run)))) return;
  for (const { session, chosen, group } of families) {
    const changes = group.map(({ run }) => ({ runId: run.runId, ...mark.change }));
    await tools.edits.make({ session, changes, says: changeWords(familyText(chosen, group), mark.change) });
  }
}

function tooManyChildren([first]: readonly RunNode[]): SlipwayError {
  const sentence = l10n.t(
    'At most {0} runs can be changed at once, and with the child runs these are more. Filter the runs table by parent:{1}, and do it there in parts.',
    mostChanges,
    first?.run.runId ?? '',
  );
  return new SlipwayError('invalid', sentence);
}

/** `sweep and its 12 child runs`, where those go along with the one that was chosen. */
function familyText(chosen: readonly RunNode[], all: readonly RunNode[]): string {
  const [only] = chosen;
  if (chosen.length > 1 || all.length === 1 || only === undefined) return runsText(all);
  return l10n.t('{0} and its {1}', only.run.name, countText(all.length - 1, 'child run'));
}

/** The star key: stars the selected runs, or takes the stars when all have one. */
export function toggleStars(tools: CommandTools): Promise<void> {
  const areStarred = tools.view.selectedRuns.every(({ run }) => run.starred);
  return markRuns(tools, areStarred ? 'unstar' : 'star', ['selected']);
}
