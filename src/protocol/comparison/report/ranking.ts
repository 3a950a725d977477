// Many candidates in one table: who stands where by one metric, and what is known of the others.
import { numberText } from '../../wording';
import type { CandidateComparison, ComparedMetric, Comparison } from '../comparison';
import { listText, signedText } from '../comparison-words';
import type { Section } from './comparison-sections';

/** One candidate in its place; `metrics` in the order of the ranking's, undefined where it has none of a name. */
export interface RankedCandidate {
  each: CandidateComparison;
  /** Its place among the comparison's candidates, from 0. */
  index: number;
  metrics: readonly (ComparedMetric | undefined)[];
}

/** The metrics of all candidates, those of the first one first; `by` is the one that decides the order. */
export interface Ranking {
  by: string | undefined;
  metrics: readonly Pick<ComparedMetric, 'metric' | 'direction'>[];
  candidates: readonly RankedCandidate[];
  /** For so many p values all together p was corrected. */
  corrected: number;
}

/** The best first by the difference on `wanted`, or on the first metric; those without one last, and those alike in their order. */
export function rankingOf({ candidates }: Pick<Comparison, 'candidates'>, wanted: string | null): Ranking {
  const known = new Map(
    candidates.flatMap((each) => each.metrics.map(({ metric, direction }) => [metric, { metric, direction }] as const)),
  );
  const metrics = [...known.values()];
  const by = metrics.find(({ metric }) => metric === wanted) ?? metrics[0];
  const ranked = candidates.map((each, index): RankedCandidate => {
    const own = new Map(each.metrics.map((metric) => [metric.metric, metric]));
    return { each, index, metrics: metrics.map(({ metric }) => own.get(metric)) };
  });
  const place = by === undefined ? -1 : metrics.indexOf(by);
  const worth = (one: RankedCandidate): number => {
    // By the difference: what was logged and what is made of predictions are not of one scale, but each has its own baseline.
    const value = one.metrics[place]?.effect ?? null;
    if (value === null) return Number.NEGATIVE_INFINITY;
    return by?.direction === 'down' ? -value : value;
  };
  const compared = (a: RankedCandidate, b: RankedCandidate): number => {
    const [first, second] = [worth(a), worth(b)];
    return first === second ? a.index - b.index : second - first;
  };
  const corrected = candidates.flatMap((each) => each.metrics).filter(({ rawP }) => rawP !== null).length;
  return { by: by?.metric, metrics, candidates: ranked.toSorted(compared), corrected };
}

/** What the order says, and what it does not. */
export function rankingNote({ corrected, candidates }: Ranking, baseline: string): string {
  const holm = corrected > 1 ? ` after Holm's correction for all ${corrected} metrics of all candidates` : '';
  const logged = candidates.filter(({ each }) => each.predictions === null).map(({ each }) => each.candidate.name);
  const isMixed = logged.length > 0 && logged.length < candidates.length;
  const who = logged.length > 3 ? `${logged.length} of them` : listText(logged);
  const mixed = isMixed ? ` Values of ${who} are what was logged, those of the others are made of predictions.` : '';
  return `Each is judged against ${baseline}${holm}; the order among the candidates themselves is not tested.${mixed}`;
}

const mostMetrics = 5;

/** The table of a report; undefined of a single candidate. */
export function rankingSection(comparison: Comparison): Section | undefined {
  const { candidates, baseline } = comparison;
  if (candidates.length < 2) return undefined;
  const ranking = rankingOf(comparison, null);
  const shown = ranking.metrics.slice(0, mostMetrics);
  const left = ranking.metrics.length - shown.length;
  const more = left > 0 ? ` ${left} more metrics stand with each candidate.` : '';
  return {
    title: ranking.by === undefined ? 'Candidates' : `Candidates by ${ranking.by}`,
    text: `${rankingNote(ranking, baseline.name)} Marked *: beyond noise.${more}`,
    heads: ['', 'Candidate', 'Verdict', ...shown.map(({ metric }) => metric)],
    rows: ranking.candidates.map(({ each, metrics }, place) => [
      String(place + 1),
      each.candidate.name,
      each.verdict,
      ...shown.map((_, at) => cellText(metrics[at])),
    ]),
    numbers: [0, ...shown.map((_, at) => at + 3)],
  };
}

/** `0.8123 (+0.0040*)`. */
function cellText(metric: ComparedMetric | undefined): string {
  if (metric?.candidate == null) return '–';
  if (metric.effect === null) return numberText(metric.candidate);
  const mark = metric.verdict === 'cannot tell' ? '' : '*';
  return `${numberText(metric.candidate)} (${signedText(metric.effect)}${mark})`;
}
