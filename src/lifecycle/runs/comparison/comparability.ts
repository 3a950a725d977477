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
    { question: 'data version', ...sameness(training, 'training data') },
    { question: 'metric definition', ...definition([...baseline, ...candidate], rows) },
    rows === null ? { question: 'evaluation set', ...sameness(judging, 'data it was judged on') } : rowSet(rows),
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
export function rowSet({ judged, onlyBaseline, onlyCandidate }: JudgedRows): Comparability {
  const question = 'evaluation set';
  if (judged > 0 && onlyBaseline + onlyCandidate === 0) {
    return { question, answer: 'same', why: `Both are of the same ${countText(judged, 'row')}, by id and truth.` };
  }
  const alone = (onlyBaseline + onlyCandidate).toLocaleString('en-US');
  return {
    question,
    answer: 'differs',
    why: `${countText(judged, 'row')} were judged that both have; ${alone} ids are of one side alone.`,
  };
}

type Answer = Pick<Comparability, 'answer' | 'why'>;

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
    return { answer: 'not known', why: `${who} names its ${what}.` };
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
