// How the numbers of a column moved: both distributions, and where they are furthest apart.
import type { DriftColumnDetail, DriftNumbers } from '../../../src/protocol/datasets/drift';
import { Figure } from '../plot/figure';
import { PairKeys } from '../plot/key';
import { PairHistogram, sharesOf } from '../plot/pair-histogram';
import { missingText, placeText, quantileText, shareText } from './drift-words';
import { GapPlot } from './gap-plot';

interface NumbersEvidenceProps {
  column: string;
  missing: DriftColumnDetail['missing'];
  numbers: DriftNumbers;
  /** The names of both sides. */
  current: string;
  reference: string;
}

/** Side by side, or below each other where it is narrow. */
export function NumbersEvidence({ column, missing, numbers, current, reference }: NumbersEvidenceProps) {
  const { histogram } = numbers;
  const words = `${missingText(missing)}${quantileText(numbers)}`;
  const [now, before] = [sharesOf(histogram.current), sharesOf(histogram.reference)];
  const bins = now.map((share, place) => [binText(histogram, place), shareText(before[place] ?? 0), shareText(share)]);
  return (
    <div className="split">
      <Figure
        name={column}
        caption={words}
        keys={<PairKeys current={current} reference={reference} />}
        table={{ heads: ['Values', reference, current], rows: bins }}
      >
        {(width) => (
          <PairHistogram
            {...{ width, height: 148, edges: histogram.edges, current: histogram.current }}
            reference={histogram.reference}
            finding={`Distribution of ${column}: ${words}`}
            tickText={placeText}
          />
        )}
      </Figure>
      <GapFigure {...{ column, missing, numbers, current, reference }} />
    </div>
  );
}

function GapFigure({ column, numbers, current, reference }: NumbersEvidenceProps) {
  const { gap, cumulative } = numbers;
  const gapWords = `${shareText(gap.reference)} were at most ${placeText(gap.x)}, now ${shareText(gap.current)}`;
  const { x, reference: left, current: right } = cumulative;
  const places = x.map((at, place) => [placeText(at), shareText(left[place] ?? 0), shareText(right[place] ?? 0)]);
  return (
    <Figure
      name="Largest gap"
      caption={gapWords}
      keys={<PairKeys current={current} reference={reference} isLines />}
      table={{ heads: ['At most', reference, current], rows: places }}
    >
      {(width) => (
        <GapPlot
          width={width}
          numbers={numbers}
          finding={`Shares of ${column} at most a value; largest gap ${gap.distance.toFixed(3)} at ${placeText(gap.x)}: ${gapWords}`}
        />
      )}
    </Figure>
  );
}

/** The outer bins are open where values lie beyond them. */
function binText({ edges, isOpenBelow, isOpenAbove }: DriftNumbers['histogram'], place: number): string {
  const [from, to] = [placeText(edges[place] ?? 0), placeText(edges[place + 1] ?? 0)];
  if (place === 0 && isOpenBelow) return `below ${to}`;
  if (place === edges.length - 2 && isOpenAbove) return `${from} and above`;
  return `${from} to ${to}`;
}
