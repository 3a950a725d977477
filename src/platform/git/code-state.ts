// The code a command runs on, as git sees it: commit, branch and everything not committed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CapturedOutput } from '../process/captured-output';
import { askGit, gitPatience } from './ask-git';
import { askForChanges, diffLimit, type FileCount, readChanges, type UncommittedChanges } from './uncommitted-changes';

/**
 * `problem` says what is unknown and why. `diff` is against the commit, cut at a fixed size; `changes` counts the lines of
 * the whole of it, file by file.
 */
export interface CodeState {
  commit: string | null;
  branch: string | null;
  subject: string | null;
  dirty: boolean | null;
  diff: string | null;
  diffTruncated: boolean;
  changes: FileCount[];
  untracked: string[];
  problem: string | null;
}

const mostUntracked = 1000;

/** Reads the state of the repository around `folder`. Never throws and takes no lock of the repository. */
export async function readCodeState(folder: string): Promise<CodeState> {
  // Looked for by hand: outside a repository no process need be started.
  if (!isInRepository(folder)) return unknown('The working folder is not in a git repository.');
  const run = (...args: string[]): Promise<CapturedOutput> => askGit(folder, args, diffLimit);
  const [diff, status, head] = await Promise.all([
    askForChanges(folder),
    run('status', '--porcelain=v1', '-z', '--branch', '--untracked-files=all', '--no-renames'),
    run('log', '-1', '--no-show-signature', '--encoding=UTF-8', '--format=%H%n%s'),
  ]);
  if (status.failure !== undefined) return unknown(`git could not be run (${status.failure}).`);
  if (status.code !== 0) return unknown(failureOf(status));
  return describe({ diff, status, head });
}

function describe({ diff, status, head }: Record<'diff' | 'status' | 'head', CapturedOutput>): CodeState {
  const entries = status.output.split('\0').filter((entry) => entry !== '');
  const branch = branchOf(entries[0] ?? '');
  const untracked = entries.filter((entry) => entry.startsWith('?? ')).map((entry) => entry.slice(3));
  const dirty = entries.length > 1;
  const kept = untracked.slice(0, mostUntracked);
  if (head.code !== 0) {
    return { ...unknown('The git repository has no commit yet.'), branch, dirty, untracked: kept };
  }
  const [commit = '', subject = ''] = head.output.split('\n');
  const isDiffKnown = diff.code === 0 && !diff.timedOut;
  const found = readChanges(isDiffKnown ? diff.output : '');
  const diffTruncated = isDiffKnown && diff.truncated;
  const problems = [
    ...(isDiffKnown ? [] : [`The uncommitted changes are unknown: ${failureOf(diff)}`]),
    ...(diffTruncated ? [cutDiffSentence(found)] : []),
    ...(kept.length < untracked.length
      ? [`Of ${untracked.length} untracked files the first ${kept.length} are listed.`]
      : []),
  ];
  return {
    commit,
    branch,
    subject,
    dirty,
    diff: isDiffKnown ? found.diff : null,
    diffTruncated,
    changes: found.changes,
    untracked: kept,
    problem: problems.length === 0 ? null : problems.join(' '),
  };
}

function isInRepository(start: string): boolean {
  if (process.env.GIT_DIR !== undefined) return true;
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}

/** `## main...origin/main [ahead 1]`, `## No commits yet on main` or `## HEAD (no branch)`. */
function branchOf(line: string): string | null {
  const text = line.replace(/^## (No commits yet on )?/, '');
  if (text.startsWith('HEAD (')) return null;
  return text.split('...')[0]?.split(' ')[0] ?? null;
}

function cutDiffSentence({ changes, areAllKnown }: UncommittedChanges): string {
  if (!areAllKnown)
    return `So many files are changed that only the first ${changes.length} are listed, without a diff.`;
  return `The diff is longer than ${diffLimit / 1024 ** 2} MB and was cut; the counts are of all of it.`;
}

function failureOf(output: CapturedOutput): string {
  if (output.timedOut) return `git did not answer within ${gitPatience / 1000} s.`;
  const said = output.errors.trim().split('\n')[0] ?? '';
  return said === '' ? 'git failed without a word.' : `git says: ${said}`;
}

function unknown(problem: string): CodeState {
  return {
    commit: null,
    branch: null,
    subject: null,
    dirty: null,
    diff: null,
    diffTruncated: false,
    changes: [],
    untracked: [],
    problem,
  };
}
