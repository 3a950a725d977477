// Several candidates, ranked by one metric: each with its verdict and how far it is from the baseline on every metric; the one
// that is chosen is looked at below.
import type { ComparedMetric, Comparison } from '../../../src/protocol/comparison/comparison';
import { intervalText, signedText } from '../../../src/protocol/comparison/comparison-words';
import {
  type RankedCandidate,
  type Ranking,
  rankingNote,
  rankingOf,
} from '../../../src/protocol/comparison/report/ranking';
import { directionArrow, numberText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import type { Marks } from './agreed-marks';
import { verdictLook } from './opening';
import { SideName } from './side-name';

interface CandidatesProps {
  comparison: Comparison;
  marks: Marks;
  place: number;
  rankBy: string | null;
  onRank: (metric: string) => void;
  onChoose: (place: number) => void;
}

/** A table wider than that is no longer looked over. */
const mostMetrics = 6;

/** One row a candidate. */
export function Candidates({ comparison, marks, place, rankBy, onRank, onChoose }: CandidatesProps) {
  const ranking = rankingOf(comparison, rankBy);
  const by = ranking.metrics.findIndex(({ metric }) => metric === ranking.by);
  const shown = placesShown(ranking, by);
  const left = ranking.metrics.length - shown.length;
  const more = left > 0 ? ` ${left} more metrics stand with each candidate.` : '';
  return (
    <Section title="Candidates" answer={`against ${comparison.baseline.name}; choose one to see why`}>
      <div className="candidates">
        <table className="ranking">
          <Heads ranking={ranking} shown={shown} onRank={onRank} />
          <tbody>
            {ranking.candidates.map((one, rank) => (
              <Row
                key={one.each.candidate.runs[0]?.runId ?? one.each.candidate.name}
                {...{ one, rank, shown, by, marks }}
                isChosen={one.index === place}
                onChoose={() => onChoose(one.index)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="note below">
        {rankingNote(ranking, comparison.baseline.name)} Bold differences are beyond noise.{more}
      </p>
    </Section>
  );
}

/** The first metrics, and the one that decides the order wherever it stands. */
function placesShown({ metrics }: Ranking, by: number): number[] {
  const first = [...metrics.keys()].slice(0, mostMetrics);
  return by < mostMetrics ? first : [...first.slice(0, -1), by];
}

function Heads({
  ranking,
  shown,
  onRank,
}: {
  ranking: Ranking;
  shown: readonly number[];
  onRank: (metric: string) => void;
}) {
  return (
    <thead>
      <tr>
        <th className="number">#</th>
        <th>Candidate</th>
        <th>Verdict</th>
        {shown.map((at) => {
          const { metric = '', direction = 'none' } = ranking.metrics[at] ?? {};
          const isBy = metric === ranking.by;
          return (
            <th
              key={metric}
              className={isBy ? 'number' : 'number wide'}
              aria-sort={isBy ? (direction === 'down' ? 'ascending' : 'descending') : undefined}
            >
              <button type="button" className="rank-by" title={`Rank by ${metric}`} onClick={() => onRank(metric)}>
                <span className="cut">{metric}</span>
                <span className="quiet">{directionArrow(direction)}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface RowProps {
  one: RankedCandidate;
  /** From 0. */
  rank: number;
  shown: readonly number[];
  by: number;
  marks: Marks;
  isChosen: boolean;
  onChoose: () => void;
}

function Row({ one, rank, shown, by, marks, isChosen, onChoose }: RowProps) {
  const { candidate, verdict, sentence } = one.each;
  const { icon, tone, word } = verdictLook[verdict];
  return (
    <tr className={isChosen ? 'chosen' : ''}>
      <td className="number quiet">{rank + 1}</td>
      <th scope="row">
        <button type="button" className="candidate" aria-pressed={isChosen} title={sentence} onClick={onChoose}>
          <SideName side={candidate} marks={marks} />
        </button>
      </th>
      <td title={sentence}>
        <span className="judged">
          <Icon name={icon} tone={tone} />
          <span className="narrow-unseen">{word}</span>
        </span>
      </td>
      {shown.map((at) => (
        <Cell key={at} metric={one.metrics[at]} isBy={at === by} />
      ))}
    </tr>
  );
}

/** The value and how far it is from the baseline's. */
function Cell({ metric, isBy }: { metric: ComparedMetric | undefined; isBy: boolean }) {
  const className = isBy ? 'number' : 'number wide';
  if (metric?.candidate == null) return <td className={className}>–</td>;
  const { candidate, effect, interval, verdict, why } = metric;
  const tone = verdict === 'cannot tell' ? 'quiet' : `${verdict} decided`;
  const title = interval === null ? (why ?? '') : `95 % ${intervalText(interval)}`;
  return (
    <td className={className} title={title}>
      {numberText(candidate)}
      {effect !== null && <small className={tone}>{signedText(effect)}</small>}
    </td>
  );
}
