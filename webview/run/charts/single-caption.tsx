// The head of a chart of one metric: its name, its direction, and the value under the crosshair.
import { numberText } from '../../../src/protocol/wording';
import { marksText, nearestBucket, readAt } from '../../kit/chart/bucket';
import { useCrosshair } from '../../kit/chart/crosshair';
import type { Curve } from '../../kit/chart/curve';
import { Mark, type ReadingProps, whereText } from '../../kit/figure/shared-caption';
import { DirectionButton } from '../metric/direction-button';

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
          <span className="quiet chart-place">at {whereText(view, read)}</span>
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
