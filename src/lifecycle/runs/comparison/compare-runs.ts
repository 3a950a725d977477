// The whole judgement: who is compared with whom, by which evidence, and what it comes to.

import { metricNamed } from '../../../base/metric-names';
import type {
  CandidateComparison,
  ComparedMetric,
  ComparedSide,
  Comparison,
  PredictionComparison,
} from '../../../protocol/comparison/comparison';
import { listText } from '../../../protocol/comparison/comparison-words';
import { fromWire } from '../../../protocol/number';
import type { MetricRules } from '../reading/metric-direction';
import { changedInputs, comparabilityOf, rowSet } from './comparability';
import type { ComparedRun } from './compared-run';
import { correction, countNotes, predictionNotes, repeatHint, repeatNotes } from './comparison-notes';
import { costsOf } from './costs';
import { judgeTogether, type Objections, verdictOfAll, verdictOver } from './judgement';
import { loggedMetrics } from './logged-metrics';
import type { PairedSides } from './pairing';
import { distinctRepeats, groupRepeats, repeatsAmong } from './repeats';
import { runDifferences } from './run-differences';
import { effectSentences, rowObjections, unitHint, verdictSentence } from './verdict-words';

/** A baseline and its candidates, each a run or several repeats. */
export interface Sides {
  baseline: ComparedRun[];
  candidates: ComparedRun[][];
  /** Names of runs that have the seed of another run of their side, and do not count. */
  copies: string[];
}

/** One candidate with what is known of it; `predictions` null where there are none of both. */
export interface Evidence {
  candidate: readonly ComparedRun[];
  /** The runs of both that count, in one order where they pair. */
  sides: PairedSides;
  predictions: PredictionComparison | null;
  /** Why predictions that are there could not be judged, as a sentence; null when all is well. */
  problem: string | null;
}

/** What was asked. */
export interface RunsQuestion {
  metrics: readonly string[];
  rules: MetricRules;
  seeds: readonly string[];
  /** Runs that were not named, and may be repeats of those that were. */
  others: readonly ComparedRun[];
  /** Names of runs that do not count, as they have the seed of another one. */
  copies: readonly string[];
}

const mostChanges = 200;
const mostSame = 300;
const mostInSentence = 6;

/** Groups repeats; runs that are all repeats of one another are compared one by one. The first run is the baseline. */
export function sidesOf(runs: readonly ComparedRun[], seeds: readonly string[]): Sides {
  const groups = groupRepeats(runs, seeds);
  const sides = groups.length > 1 ? groups.map((group) => distinctRepeats(group, seeds)) : [];
  const [baseline = [], ...candidates] = sides.length > 1 ? sides.map((side) => side.runs) : runs.map((run) => [run]);
  return { baseline, candidates, copies: sides.flatMap((side) => side.copies) };
}

/** Compares runs by the evidence there is: repeats by what they logged, single runs by their predictions. */
export function compareRuns(
  baseline: readonly ComparedRun[],
  evidence: readonly Evidence[],
  question: RunsQuestion,
): Comparison {
  const families = evidence.map(({ sides, predictions }) => {
    const asked = { ...question, ...sides, candidates: evidence.length };
    if (predictions === null) return loggedMetrics(asked);
    const others = question.metrics.filter((name) => metricNamed(name) === undefined);
    const logged = others.length === 0 ? [] : loggedMetrics({ ...asked, metrics: others });
    return [...predictions.metrics, ...logged];
  });
  const judged = judgeTogether(families);
  const candidates = evidence.map((each, index) =>
    candidateOf(baseline, each, { question, metrics: judged[index] ?? [] }),
  );
  return whole(sideOf(baseline, question), candidates, question.seeds);
}

/** Compares two files of predictions, by the names of the files. */
export function compareFiles(
  names: { baseline: string; candidate: string },
  predictions: PredictionComparison,
): Comparison {
  const [metrics = []] = judgeTogether([predictions.metrics]);
  const { metrics: _, ...rest } = predictions;
  const objections = rowObjections(predictions.rows);
  const verdict = verdictOver(metrics, objections);
  const notes = [...said(objections), ...predictionNotes(predictions, metrics, null)];
  const candidate: CandidateComparison = {
    candidate: { name: names.candidate, runs: [], repeats: [] },
    judged: { baseline: [], candidate: [] },
    verdict,
    sentence: verdictSentence({ verdict, metrics, ...objections }),
    support: supportOf(notes, metrics, predictions),
    notes,
    changes: [],
    moreChanges: 0,
    same: [],
    moreSame: 0,
    comparable: [rowSet(predictions.rows)],
    costs: [],
    metrics,
    predictions: rest,
  };
  return whole({ name: names.baseline, runs: [], repeats: [] }, [candidate]);
}

function candidateOf(
  baseline: readonly ComparedRun[],
  { candidate, sides, predictions, problem }: Evidence,
  { question, metrics }: { question: RunsQuestion; metrics: ComparedMetric[] },
): CandidateComparison {
  const comparable = comparabilityOf(baseline, candidate, predictions?.rows ?? null);
  const { changes, same } = runDifferences(baseline, candidate, question.seeds);
  const objections = objectionsOf([...baseline, ...candidate], { comparable, predictions });
  objections.doubts.push(...unnamedDoubts(candidate, question));
  if (metrics.length === 0) objections.obstacles.push(lacking(question.metrics));
  const verdict = verdictOver(metrics, objections);
  const notes = [
    ...said(objections),
    ...(problem === null ? [] : [problem]),
    ...(predictions === null
      ? [...repeatNotes(sides, { comparable, seeds: question.seeds }), ...correction(metrics)]
      : predictionNotes(predictions, metrics, sides)),
    ...countNotes(sides, question.copies),
    ...repeatHint(sideOf(baseline, question), sideOf(candidate, question)),
  ];
  const { metrics: _, ...rest } = predictions ?? { metrics: [] };
  const idsOf = (runs: readonly ComparedRun[]): string[] => runs.map(({ runId }) => runId);
  return {
    candidate: sideOf(candidate, question),
    judged: { baseline: idsOf(sides.baseline), candidate: idsOf(sides.candidate) },
    verdict,
    sentence: verdictSentence({ verdict, metrics, ...objections }),
    support: supportOf(notes, metrics, predictions),
    notes,
    changes: changes.slice(0, mostChanges),
    moreChanges: Math.max(0, changes.length - mostChanges),
    same: same.slice(0, mostSame),
    moreSame: Math.max(0, same.length - mostSame),
    comparable,
    costs: costsOf(baseline, candidate),
    metrics,
    predictions: predictions === null ? null : (rest as CandidateComparison['predictions']),
  };
}

function objectionsOf(
  runs: readonly ComparedRun[],
  { comparable, predictions }: Pick<CandidateComparison, 'comparable'> & Pick<Evidence, 'predictions'>,
): { obstacles: string[]; doubts: string[] } {
  const { obstacles, doubts } = predictions === null ? { obstacles: [], doubts: [] } : rowObjections(predictions.rows);
  const goOn = runs.filter(({ status }) => status === 'RUNNING' || status === 'SCHEDULED');
  const broken = runs.filter(({ status }) => status === 'FAILED' || status === 'KILLED');
  const differs = comparable.some(({ question, answer }) => question === 'evaluation set' && answer === 'differs');
  return {
    obstacles: [
      ...obstacles,
      ...goOn.slice(0, 3).map(({ name }) => `${name} has not ended: what it has is provisional.`),
      ...(predictions === null && differs ? ['The runs were judged on different data.'] : []),
    ],
    doubts: [
      ...doubts,
      ...broken.slice(0, 3).map(({ name, status }) => `${name} did not finish (${status}).`),
      ...(predictions === null ? inputDoubts(runs, comparable) : []),
    ],
  };
}

/** Where the data changed and nobody says on which the runs were judged, a better number may be due to that alone. */
function inputDoubts(runs: readonly ComparedRun[], comparable: CandidateComparison['comparable']): string[] {
  const [path] = changedInputs(runs);
  const isSame = comparable.some(({ question, answer }) => question === 'evaluation set' && answer === 'same');
  if (path === undefined || isSame) return [];
  return [`${path} had other content in some of the runs, and it is not known that they were judged on the same data.`];
}

/** Repeats of the candidate that went wrong count, whether they are named or not. */
function unnamedDoubts(candidate: readonly ComparedRun[], { others, seeds }: RunsQuestion): string[] {
  if (candidate.length < 2) return [];
  const keys = Object.keys(candidate[0]?.metrics ?? {});
  const isLost = ({ metrics }: ComparedRun): boolean =>
    keys.some((key) => key in metrics && !Number.isFinite(fromWire(metrics[key] ?? 'NaN')));
  return repeatsAmong(others, candidate[0], seeds)
    .filter((run) => run.status === 'FAILED' || isLost(run))
    .slice(0, 3)
    .map(({ name, status }) =>
      status === 'FAILED'
        ? `${name}, a repeat of the candidate that was not named, failed.`
        : `${name}, a repeat of the candidate that was not named, has NaN or an infinity.`,
    );
}

function said({ obstacles, doubts }: Objections): string[] {
  return [...obstacles, ...doubts];
}

function lacking(metrics: readonly string[]): string {
  return metrics.length === 0
    ? 'The runs have no metric in common of which it is known which way is better, those of training data aside.'
    : `Not all runs have ${listText(metrics)}.`;
}

function supportOf(
  notes: readonly string[],
  metrics: readonly ComparedMetric[],
  predictions: PredictionComparison | null,
): string[] {
  const more = predictions === null ? [] : [...unitHint(predictions.rows), ...predictions.cautions];
  return [...effectSentences(metrics), ...notes, ...more];
}

function sideOf(runs: readonly ComparedRun[], { others, seeds }: RunsQuestion): ComparedSide {
  const [first] = runs;
  const named = (each: readonly ComparedRun[]): ComparedSide['runs'] =>
    each.map(({ runId, name }) => ({ runId, name }));
  const name = `${first?.name ?? ''}${runs.length > 1 ? ` and ${runs.length - 1} more` : ''}`;
  const repeats = repeatsAmong(others, first, seeds).filter(({ status }) => status === 'FINISHED');
  return { name, runs: named(runs), repeats: named(repeats) };
}

function whole(
  baseline: ComparedSide,
  candidates: CandidateComparison[],
  seedNames: readonly string[] = [],
): Comparison {
  const verdict = verdictOfAll(candidates.map((each) => each.verdict));
  const [only] = candidates;
  const sentence = candidates.length === 1 && only !== undefined ? only.sentence : sentenceOfAll(candidates);
  return { verdict, sentence, baseline, candidates, seedNames: [...seedNames] };
}

/** Each in a few words; of very many how many are what, the better ones by name. */
function sentenceOfAll(candidates: readonly CandidateComparison[]): string {
  if (candidates.length <= mostInSentence) {
    return candidates
      .map(({ candidate, sentence }) => `${candidate.name}: ${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`)
      .join('; ');
  }
  const parts = (['better', 'worse', 'cannot tell'] as const).flatMap((verdict) => {
    const named = candidates.filter((each) => each.verdict === verdict).map(({ candidate }) => candidate.name);
    if (named.length === 0) return [];
    const shown = verdict === 'cannot tell' || named.length > mostInSentence ? '' : ` (${listText(named)})`;
    return [`${named.length} ${verdict}${shown}`];
  });
  return `${candidates.length} candidates: ${parts.join(', ')}`;
}
