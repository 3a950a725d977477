// May the two be compared at all? Said, not assumed.
import type { Comparability, JudgedRows } from '../../../protocol/comparison/comparison';
import { countText } from '../../../protocol/wording';
import { wordsOf } from '../reading/metric-direction';
import { isHeldOut } from '../reading/split-words';
import type { ComparedRun } from './compared-run';
import { foldName } from './repeats';

/** The three questions of two groups of runs; `rows` where predictions of both were judged. */
export function comparabilityOf(
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
  rows: JudgedRows | null,
): Comparability[] {
  const groups = foldGroups(baseline, candidate);
  const isJudging = (context: string | null): boolean => context !== null && isHeldOut(wordsOf(context));
  const training = groups.map((runs) => digestsOf(runs, (context) => !isJudging(context)));
  const judging = groups.map((runs) => digestsOf(runs, isJudging));
  return [
    { question: 'data version', ...dataVersion(training, [...baseline, ...candidate]) },
    { question: 'metric definition', ...definition([...baseline, ...candidate], rows) },
    rows === null ? { question: 'evaluation set', ...sameness(judging, 'the data it was judged on') } : rowSet(rows),
  ];
}

/** What has to name the same data: the runs of each fold, or all of them where not every fold is of both sides. */
function foldGroups(baseline: readonly ComparedRun[], candidate: readonly ComparedRun[]): ComparedRun[][] {
  const folds = new Set(baseline.map(foldName));
  const isCommon = folds.size === new Set([...baseline, ...candidate].map(foldName)).size;
  const groups = [...folds].map((fold) => ({
    first: baseline.filter((run) => foldName(run) === fold),
    second: candidate.filter((run) => foldName(run) === fold),
  }));
  if (!isCommon || groups.some(({ second }) => second.length === 0)) return [[...baseline, ...candidate]];
  return groups.map(({ first, second }) => [...first, ...second]);
}

/** The question of two files of predictions: whether they are of the same rows. */
export function rowSet(rows: JudgedRows): Comparability {
  const question = 'evaluation set';
  const { judged, leftOutBaseline, leftOutCandidate } = rows;
  const alone = rows.onlyBaseline + rows.onlyCandidate;
  const empty = leftOutBaseline + leftOutCandidate;
  if (judged > 0 && alone + empty === 0) {
    return { question, answer: 'same', why: `Both are of the same ${countText(judged, 'row')}, by id and truth.` };
  }
  const said = [
    `${countText(judged, 'row')} of both ${judged === 1 ? 'was' : 'were'} judged`,
    ...(alone > 0 ? [`${countText(alone, 'id')} ${alone === 1 ? 'is' : 'are'} of one side alone`] : []),
    ...(empty > 0 ? [`${countText(empty, 'prediction')} ${empty === 1 ? 'is' : 'are'} empty`] : []),
  ];
  return { question, answer: 'differs', why: `${said.join('; ')}.` };
}

type Answer = Pick<Comparability, 'answer' | 'why'>;

/** The data that runs name; else the files that were recorded as their inputs. */
function dataVersion(training: readonly string[][], runs: readonly ComparedRun[]): Answer {
  const changed = changedInputs(runs);
  const [first, second] = changed;
  if (first !== undefined) {
    const which = second === undefined ? first : `${first} and ${countText(changed.length - 1, 'more input')}`;
    return { answer: 'differs', why: `${which} had other content in some of the runs.` };
  }
  const named = sameness(training, 'its training data');
  const areRecorded = runs.every(({ recording }) => recording !== null && recording.inputs.length > 0);
  return named.answer === 'not known' && areRecorded
    ? { answer: 'same', why: 'The input files that were recorded are the same in all runs.' }
    : named;
}

/** The paths of recorded input files whose content was not the same in all runs that read them. */
export function changedInputs(runs: readonly ComparedRun[]): string[] {
  const contents = new Map<string, Set<string>>();
  for (const { path, sha256 } of runs.flatMap(({ recording }) => recording?.inputs ?? [])) {
    if (sha256 !== null) contents.set(path, (contents.get(path) ?? new Set()).add(sha256));
  }
  return [...contents].filter(([, different]) => different.size > 1).map(([path]) => path);
}

/** By run, the data sets of some contexts as one text; empty where a run names none. */
function digestsOf(runs: readonly ComparedRun[], isWanted: (context: string | null) => boolean): string[] {
  return runs.map(({ datasets }) =>
    datasets
      .filter(({ context }) => isWanted(context))
      .map(({ name, digest }) => `${name}@${digest}`)
      .sort()
      .join(', '),
  );
}

/** `groups`: the texts of runs that have to be the same. */
function sameness(groups: readonly string[][], what: string): Answer {
  const digests = groups.flat();
  const known = digests.filter((digest) => digest !== '');
  if (known.length < digests.length) {
    const who = known.length === 0 ? 'No run' : 'Not every run';
    return { answer: 'not known', why: `${who} names ${what}.` };
  }
  const differing = groups.map((group) => new Set(group)).find((different) => different.size > 1);
  if (differing !== undefined) {
    return { answer: 'differs', why: `The runs name ${[...differing].slice(0, 4).join(' and ')}.` };
  }
  const isOne = new Set(known).size === 1;
  return { answer: 'same', why: isOne ? `All runs name ${known[0]}.` : 'Fold by fold all runs name the same.' };
}

function definition(runs: readonly ComparedRun[], rows: JudgedRows | null): Answer {
  if (rows !== null) return { answer: 'same', why: 'Computed here from the predictions of both, by one definition.' };
  const commits = new Set(runs.map(({ recording }) => recording?.git?.commit ?? ''));
  const isClean = runs.every(({ recording }) => recording?.git?.dirty === false);
  const [commit = ''] = commits;
  return commits.size === 1 && commit !== '' && isClean
    ? { answer: 'same', why: `All runs are of commit ${commit.slice(0, 10)}.` }
    : { answer: 'not known', why: 'Each run logged its own numbers; their code is not known to be the same.' };
}
