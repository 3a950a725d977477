// The head of a chart: which metrics, their values under the crosshair, and what can be done with the chart.
import { numberText } from '../../../src/protocol/wording';
import { placeText } from '../../kit/chart/axis';
import { marksText, nearestBucket, readAt } from '../../kit/chart/bucket';
import { type Crosshair, useCrosshair } from '../../kit/chart/crosshair';
import { type ChartView, type Curve, markColour, markShape } from '../../kit/chart/curve';
import { DirectionButton } from '../metric/direction-button';

export interface ReadingProps {
  curves: readonly Curve[];
  view: ChartView;
  crosshair: Crosshair;
  rest: number | null;
  /** The end of the part in sight, where there is neither pointer nor rest. */
  end: number;
}

/** One metric: its name, then place and value at the right. */
export function SingleCaption(props: ReadingProps & { curve: Curve }) {
  const { curve, view } = props;
  const { shown, direction } = curve;
  const pointed = useCrosshair(props.crosshair);
  const read = readAt(shown, { x: pointed ?? props.rest ?? props.end, isRest: pointed === null }, direction);
  return (
    <>
      <strong className="cut" title={shown.key}>
        {shown.key}
      </strong>
      <DirectionButton metric={shown.key} direction={direction} isTabStop />
      {read === undefined ? (
        <span className="quiet chart-place">{marksText([shown])}</span>
      ) : (
        <>
          <span className="quiet chart-place">at {placeText(view.axis, read.x)}</span>
          <span className="chart-value">
            <Aside curve={curve} read={read} />
            <Mark mark={curve.mark} /> {numberText(read.y)}
          </span>
        </>
      )}
    </>
  );
}

/** What stands behind a value: the raw one where it is smoothed, else between which values its bucket lies. */
function Aside({ curve: { shown }, read }: { curve: Curve; read: { x: number; low: number; high: number } }) {
  const raw = shown.last[nearestBucket(shown, read.x)];
  if (shown.smooth.length > 0 && raw !== undefined) return <span className="quiet">raw {numberText(raw)} </span>;
  if (numberText(read.low) === numberText(read.high)) return null;
  return (
    <span className="quiet">
      {numberText(read.low)} to {numberText(read.high)}{' '}
    </span>
  );
}

/** Several metrics: sign, name and value of each, then the place. */
export function SharedCaption({ curves, view, crosshair, rest, end }: ReadingProps) {
  const pointed = useCrosshair(crosshair);
  const place = pointed ?? rest ?? end;
  const reads = curves.map((curve) => readAt(curve.shown, { x: place, isRest: pointed === null }, curve.direction));
  const at = reads.find((read) => read !== undefined);
  return (
    <>
      <span className="chart-names">
        {curves.map((curve, index) => (
          <span key={curve.shown.key} className="chart-name">
            <Mark mark={curve.mark} />
            <strong className="cut" title={curve.shown.key}>
              {curve.shown.key}
            </strong>
            <span>{reads[index] === undefined ? marksText([curve.shown]) : numberText(reads[index].y)}</span>
          </span>
        ))}
      </span>
      {at !== undefined && <span className="quiet chart-place">at {placeText(view.axis, at.x)}</span>}
    </>
  );
}

/** A curve's sign, as it stands at its end. */
export function Mark({ mark }: { mark: number }) {
  const { path, isFilled } = markShape(mark);
  const colour = `var(--mark-${markColour(mark)})`;
  return (
    <svg className="mark" viewBox="-5 -5 10 10" aria-hidden="true">
      <path d={path} fill={isFilled ? colour : 'none'} stroke={colour} />
    </svg>
  );
}
