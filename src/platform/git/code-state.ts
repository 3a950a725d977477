// The code a command runs on, as git sees it: commit, branch and everything not committed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CapturedOutput } from '../process/captured-output';
import { askGit, gitPatience } from './ask-git';

/** `problem` says in one sentence why the rest is unknown; `diff` is against the commit, cut at a fixed size. */
export interface CodeState {
  commit: string | null;
  branch: string | null;
  subject: string | null;
  dirty: boolean | null;
  diff: string | null;
  diffTruncated: boolean;
  untracked: string[];
  problem: string | null;
}

const diffLimit = 4 * 1024 * 1024;
const mostUntracked = 1000;

/** Reads the state of the repository around `folder`. Never throws and takes no lock of the repository. */
export async function readCodeState(folder: string): Promise<CodeState> {
  // Looked for by hand: outside a repository no process need be started.
  if (!isInRepository(folder)) return unknown('The working folder is not in a git repository.');
  const run = (...args: string[]): Promise<CapturedOutput> => askGit(folder, args, diffLimit);
  const [diff, status, head] = await Promise.all([
    run('diff', '--no-color', '--no-ext-diff', '--no-textconv', 'HEAD'),
    run('status', '--porcelain=v1', '-z', '--branch', '--untracked-files=all'),
    run('log', '-1', '--no-show-signature', '--format=%H%n%s'),
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
  return {
    commit,
    branch,
    subject,
    dirty,
    diff: isDiffKnown ? diff.output : null,
    diffTruncated: diff.truncated,
    untracked: kept,
    problem: isDiffKnown ? cutSentence(untracked.length) : `The uncommitted changes are unknown: ${failureOf(diff)}`,
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

function cutSentence(untracked: number): string | null {
  return untracked <= mostUntracked ? null : `Of ${untracked} untracked files the first ${mostUntracked} are listed.`;
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
    untracked: [],
    problem,
  };
}
