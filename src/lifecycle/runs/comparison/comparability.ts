// May the two be compared at all? Said, not assumed.
import type { Comparability, JudgedRows } from '../../../protocol/comparison/comparison';
import { countText } from '../../../protocol/wording';
import type { ComparedRun } from './compared-run';

/** Words in a data set's context that make it the one a model is judged on. */
const judging = /(^|[^a-z])(val|valid|validation|test|testing|eval|evaluation|holdout|dev)([^a-z]|$)/i;

/** The three questions of two groups of runs; `rows` where predictions of both were judged. */
export function comparabilityOf(
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
  rows: JudgedRows | null,
): Comparability[] {
  const runs = [...baseline, ...candidate];
  const training = digestsOf(runs, (context) => context === null || !judging.test(context));
  return [
    { question: 'data version', ...sameness(training, 'training data') },
    { question: 'metric definition', ...definition(runs, rows) },
    rows === null
      ? {
          question: 'evaluation set',
          ...sameness(
            digestsOf(runs, (context) => context !== null && judging.test(context)),
            'data it was judged on',
          ),
        }
      : rowSet(rows),
  ];
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

function sameness(digests: readonly string[], what: string): Answer {
  const known = digests.filter((digest) => digest !== '');
  if (known.length < digests.length) {
    const who = known.length === 0 ? 'No run' : 'Not every run';
    return { answer: 'not known', why: `${who} names its ${what}.` };
  }
  const different = new Set(known);
  return different.size === 1
    ? { answer: 'same', why: `All runs name ${known[0]}.` }
    : { answer: 'differs', why: `The runs name ${[...different].slice(0, 4).join(' and ')}.` };
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
