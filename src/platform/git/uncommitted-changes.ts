// What differs from the commit, told alike on every machine: `git diff` takes a dozen habits from its user's settings.
import type { CapturedOutput } from '../process/captured-output';
import { askGit } from './ask-git';

/** Settings without an option that git 2.25 knows; one that a version does not know is passed over. */
const settings = {
  'diff.relative': 'false',
  'diff.suppressBlankEmpty': 'false',
  'diff.autoRefreshIndex': 'true',
  'diff.ignoreSubmodules': 'untracked',
  'diff.renameLimit': '1000',
};

const form = [
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--src-prefix=a/', '--dst-prefix=b/'],
  ...['--find-renames', '--diff-algorithm=myers', '--indent-heuristic', '--inter-hunk-context=0', '--submodule=short'],
];

/** Bytes of git's answer that are kept. */
export const diffLimit = 4 * 1024 * 1024;

/** The working tree around `folder` against its commit: counts of every file in front, the diff behind. Never rejects. */
export function askForChanges(folder: string): Promise<CapturedOutput> {
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = [...words, 'diff', ...form, '--numstat', '-z', '--patch', '--unified=3', 'HEAD'];
  return askGit(folder, args, diffLimit);
}

/** How many lines of one file differ from the commit. */
export interface FileCount {
  path: string;
  added: number;
  removed: number;
}

/** `areAllKnown` is false when even the counts did not fit. Paths begin at the top of the repository. */
export interface UncommittedChanges {
  changes: FileCount[];
  areAllKnown: boolean;
  diff: string;
}

/** Reads that answer. A binary file counts no lines; a renamed one stands under its new name. */
export function readChanges(answer: string): UncommittedChanges {
  const changes: FileCount[] = [];
  // `ADDED⇥REMOVED⇥PATH␀`, or `ADDED⇥REMOVED⇥␀OLD␀NEW␀`; no name holds a NUL, so none needs quotes.
  const record = /([0-9]+|-)\t([0-9]+|-)\t(?:([^\0]+)|\0[^\0]+\0([^\0]+))\0/y;
  let end = 0;
  for (let found = record.exec(answer); found !== null; found = record.exec(answer)) {
    const [, added = '', removed = '', name, newName] = found;
    changes.push({ path: name ?? newName ?? '', added: Number(added) || 0, removed: Number(removed) || 0 });
    end = record.lastIndex;
  }
  const rest = answer.slice(end).replace(/^\0/, '');
  const isDiff = rest === '' || rest.startsWith('diff --git ');
  return { changes, areAllKnown: isDiff, diff: isDiff ? rest : '' };
}
