// The sentence a reviewer pastes, and what it rests on.
import { type ComparedMetric, type JudgedRows, notJudged, type Verdict } from '../../../protocol/comparison/comparison';
import { effectText, listText, unitText } from '../../../protocol/comparison/comparison-words';
import { countText } from '../../../protocol/wording';
import type { Objections } from './judgement';

/** What was judged, and what stands against a verdict. */
export interface Judged extends Objections {
  verdict: Verdict;
  metrics: readonly ComparedMetric[];
}

/** The verdict as one sentence without a full stop. */
export function verdictSentence({ verdict, metrics, obstacles, doubts }: Judged): string {
  const named = (wanted: Verdict): string[] =>
    metrics.filter((each) => each.verdict === wanted).map(({ metric }) => metric);
  const [better, worse] = [named('better'), named('worse')];
  if (verdict === 'worse') {
    const rest = better.length > 0 ? `better on ${listText(better)}` : 'not shown to be better on any metric';
    return metrics.length === 1 ? `Worse on ${listText(worse)}` : `Worse on ${listText(worse)}, and ${rest}`;
  }
  if (verdict === 'better') {
    const left = metrics.filter(({ why }) => why?.startsWith(notJudged) === true).map(({ metric }) => metric);
    const open = named('cannot tell').filter((metric) => !left.includes(metric));
    const rest = open.length > 0 ? `, and not shown to differ on ${listText(open)}` : '';
    const unjudged = left.length > 0 ? `; ${listText(left)} ${left.length === 1 ? 'was' : 'were'} not judged` : '';
    return `Better on ${listText(better)}${rest}${unjudged}`;
  }
  const [obstacle] = [...obstacles, ...(named('better').length > 0 ? doubts : [])];
  if (obstacle !== undefined) return `Cannot tell: ${lowerFirst(obstacle.replace(/\.$/, ''))}`;
  return `Cannot tell with this much data${metrics.length === 0 ? '' : `: ${whyOpen(metrics)}`}`;
}

function whyOpen(metrics: readonly ComparedMetric[]): string {
  if (metrics.every(({ effect, interval }) => effect === 0 && interval?.[0] === 0 && interval[1] === 0)) {
    return 'both do equally on every row';
  }
  const reasons = new Set(metrics.map(({ why }) => why));
  const [reason] = reasons;
  if (reasons.size === 1 && reason !== null && reason !== undefined) return lowerFirst(reason.replace(/\.$/, ''));
  return metrics.length === 1 ? 'the difference is within its noise' : 'no difference is beyond its noise';
}

/** Sentences on the metric that says most: its effect, and how much data would tell. */
export function effectSentences(metrics: readonly ComparedMetric[]): string[] {
  const decided = metrics.filter(({ verdict }) => verdict !== 'cannot tell');
  const shown = decided.length > 0 ? decided : metrics.slice(0, 1);
  const effects = shown.filter(({ effect }) => effect !== null).map((each) => `${effectText(each)}.`);
  const open =
    decided.length > 0 ? undefined : metrics.find(({ needs, seeds }) => (needs ?? seeds?.needs ?? null) !== null);
  const repeats = open?.seeds?.needs ?? null;
  if (open?.needs === null && repeats !== null) {
    const runs = `About ${repeats} runs of each would tell a difference of this size on ${open.metric}, four times out of five`;
    return [...effects, `${runs}; more ${open.unit} alone would not.`];
  }
  if (open?.needs == null || open.needs <= open.n) return effects;
  const size = unitText(open.needs, open.unit);
  if (open.interval === null) return [...effects, `At least ${size} are needed before its noise is known.`];
  return [
    ...effects,
    `About ${size} would tell a difference of this size on ${open.metric}, four times out of five; now there ${open.n === 1 ? 'is' : 'are'} ${unitText(open.n, open.unit)}.`,
  ];
}

/** Sentences on the rows: which were judged, how they were drawn anew, and which were left out. */
export function rowSentences(rows: JudgedRows): string[] {
  const said: string[] = [];
  const { judged, unit, units, withoutUnit, draws } = rows;
  if (judged > 0) {
    const drawn =
      unit === null
        ? 'each drawn anew by itself'
        : `drawn anew by ${unit}, of which there are ${(units - withoutUnit).toLocaleString('en-US')}${loneText(withoutUnit)}`;
    said.push(`${countText(judged, 'row')} with the same id, ${drawn}, ${draws.toLocaleString('en-US')} times.`);
  }
  const { onlyBaseline, onlyCandidate, leftOutBaseline, leftOutCandidate, unknown } = rows;
  if (onlyBaseline + onlyCandidate > 0) {
    said.push(
      `Ids of one side alone were left out: ${onlyBaseline.toLocaleString('en-US')} of the baseline, ${onlyCandidate.toLocaleString('en-US')} of the candidate.`,
    );
  }
  if (leftOutBaseline + leftOutCandidate > 0) {
    said.push(
      `Rows without a prediction were left out: ${leftOutBaseline.toLocaleString('en-US')} of the baseline, ${leftOutCandidate.toLocaleString('en-US')} of the candidate.`,
    );
  }
  if (unknown > 0) said.push(`${countText(unknown, 'row')} without y_true ${unknown === 1 ? 'was' : 'were'} left out.`);
  return said;
}

function loneText(rows: number): string {
  if (rows === 0) return '';
  return rows === 1
    ? ', and one row without it by itself'
    : `, and ${countText(rows, 'row')} without it each by itself`;
}

/** How to say in a terminal which rows belong together; nothing when it was said, or there is nothing to choose. */
export function unitHint({ unit, unitChoices }: JudgedRows): string[] {
  if (unit !== null || unitChoices.length === 0) return [];
  const choices = unitChoices.slice(0, 6).map(({ column, values }) => `${column} (${countText(values, 'value')})`);
  return [`If rows of one day, user or group belong together, say so with --cluster: ${listText(choices)}.`];
}

/** What stands against a verdict on these rows. */
export function rowObjections({ silent, judged, onlyBaseline }: JudgedRows): Objections {
  // Whoever leaves out rows chooses those that are judged, whether by an empty prediction or by no row at all.
  const missing = silent + onlyBaseline;
  const doubts =
    missing > 0 ? [`The candidate says nothing of ${countText(missing, 'row')} that the baseline has.`] : [];
  return { obstacles: judged === 0 ? ['There is no row to compare.'] : [], doubts };
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
