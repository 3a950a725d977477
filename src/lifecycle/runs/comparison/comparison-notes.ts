// Sentences that no table says: how the intervals were made, of which runs, and what noise is not in them.
import type {
  Comparability,
  ComparedMetric,
  ComparedSide,
  PredictionComparison,
} from '../../../protocol/comparison/comparison';
import { chanceText, listText } from '../../../protocol/comparison/comparison-words';
import type { PairedSides } from './pairing';
import { foldCount, repeatName } from './repeats';
import { rowSentences } from './verdict-words';

const mostNamed = 5;

/** Of a comparison by rows; `sides` null where files are compared. */
export function predictionNotes(
  { rows }: PredictionComparison,
  metrics: readonly ComparedMetric[],
  sides: PairedSides | null,
): string[] {
  if (rows.judged === 0) return rowSentences(rows);
  return [...rowSentences(rows), ...correction(metrics), ...seedNotes(metrics, sides)];
}

/** What is known of the noise of seeds, where rows were judged. */
function seedNotes(metrics: readonly ComparedMetric[], sides: PairedSides | null): string[] {
  const { baseline, candidate, isPaired } = sides ?? { baseline: [], candidate: [], isPaired: false };
  if (baseline.length + candidate.length <= 2) {
    return ['This is about these two models on this data: how another seed would come out was not measured.'];
  }
  if (isPaired) {
    return [
      `Each value is the mean of ${baseline.length} runs, and the interval holds the noise of rows and that of ${baseline.length} pairs of seeds.`,
      ...agreement(metrics, baseline.length),
    ];
  }
  const single = [...(baseline.length === 1 ? ['baseline'] : []), ...(candidate.length === 1 ? ['candidate'] : [])];
  const counts = `Each value is a mean: ${runsText(baseline.length)} of the baseline, ${runsText(candidate.length)} of the candidate`;
  const [only] = single;
  return only === undefined
    ? [`${counts}, whose seeds do not pair; the interval holds the noise of rows and that of seeds.`]
    : [
        `${counts}. The interval holds the noise of rows and that of the seeds there are: how another seed of the ${only} would come out was not measured.`,
      ];
}

/** How far the pairs of seeds agree on each metric, those alike in one breath. */
function agreement(metrics: readonly ComparedMetric[], pairs: number): string[] {
  const byWords = new Map<string, string[]>();
  for (const { metric, seeds } of metrics) {
    if (seeds?.agree == null || seeds.signP === null) continue;
    const share = seeds.agree === pairs ? `all ${pairs} pairs` : `${seeds.agree} of ${pairs} pairs`;
    const words = `${share} of seeds agree in sign (sign-flip p ${chanceOf(seeds.signP)})`;
    byWords.set(words, [...(byWords.get(words) ?? []), metric]);
  }
  return byWords.size === 0
    ? []
    : [`${[...byWords].map(([words, names]) => `On ${listText(names)} ${words}`).join('; ')}.`];
}

function chanceOf(p: number): string {
  return p < 0.001 ? chanceText(p) : `= ${chanceText(p)}`;
}

/** Of a comparison by what the runs logged. */
export function repeatNotes(
  { baseline, candidate }: PairedSides,
  { comparable, seeds }: { comparable: readonly Comparability[]; seeds: readonly string[] },
): string[] {
  if (baseline.length + candidate.length === 2) {
    return [
      'One run of each, without predictions of both: the differences are those of these two runs, and seeds were not compared.',
    ];
  }
  const runs = [...baseline, ...candidate];
  const isSame = comparable.some(({ question, answer }) => question === 'evaluation set' && answer === 'same');
  const units = foldCount(runs) > 0 ? 'folds' : runs.every((run) => repeatName(run, seeds) !== '') ? 'seeds' : 'runs';
  const over = `the interval is over ${units}${units === 'runs' ? ', not all of which name a seed' : ''}`;
  const data = !isSame ? '' : units === 'folds' ? ', each of the same data on both sides' : ', on the same data';
  return [
    `${runsText(baseline.length)} of the baseline and ${runsText(candidate.length)} of the candidate: ${over}${data}.`,
  ];
}

/** Runs that were named and do not count, and why. */
export function countNotes({ alone }: PairedSides, copies: readonly string[]): string[] {
  const double = copies.length === 1 ? 'has the seed of another run and does' : 'have the seeds of other runs and do';
  const lone =
    alone.length === 1
      ? 'has no partner of the same seed or fold and does'
      : 'have no partner of the same seed or fold and do';
  return [
    ...(alone.length === 0
      ? []
      : [`${named(alone.map(({ name }) => name))} ${lone} not count: the others are compared pair by pair.`]),
    ...(copies.length === 0 ? [] : [`${listText(copies.slice(0, mostNamed))} ${double} not count.`]),
  ];
}

function named(names: readonly string[]): string {
  return names.length > mostNamed ? `${names.length} runs` : listText(names);
}

/** For how many p values p was corrected, where it was. */
export function correction(metrics: readonly ComparedMetric[]): string[] {
  const count = metrics.filter(({ rawP }) => rawP !== null).length;
  return count > 1 ? [`p after Holm's correction for ${count} metrics.`] : [];
}

function runsText(count: number): string {
  return count === 1 ? 'one run' : `${count} runs`;
}

/** How noise could be known that is not. */
export function repeatHint(baseline: ComparedSide, candidate: ComparedSide): string[] {
  const [before, after] = [baseline.repeats.length, candidate.repeats.length];
  if (baseline.runs.length + before < 2 || candidate.runs.length + after < 2 || before + after === 0) return [];
  return [
    `There are repeats with other seeds or folds, ${before} of the baseline and ${after} of the candidate: name them as well, and the noise between repeats is measured.`,
  ];
}
