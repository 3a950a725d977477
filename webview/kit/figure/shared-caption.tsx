// The head of a chart of several curves: sign, name and value of each under the crosshair.

import { useState } from 'react';
import { markColour, markSign } from '../../../src/protocol/runs/mark-signs';
import { numberText } from '../../../src/protocol/wording';
import { placeText } from '../chart/axis';
import { marksText, type Reading, readAt } from '../chart/bucket';
import { type Crosshair, useCrosshair } from '../chart/crosshair';
import type { ChartView, Curve } from '../chart/curve';
import { Link } from '../controls';

/** More names than these would be more of the figure than its curves are; they are shown when asked for. */
const mostNamed = 12;

export interface ReadingProps {
  curves: readonly Curve[];
  view: ChartView;
  crosshair: Crosshair;
  rest: number | null;
  /** The end of the part in sight, where there is neither pointer nor rest. */
  end: number;
}

/** Several metrics: sign, name and value of each, then the place. */
export function SharedCaption({ curves, view, crosshair, rest, end }: ReadingProps) {
  const pointed = useCrosshair(crosshair);
  const place = pointed ?? rest ?? end;
  const reads = curves.map((curve) => readAt(curve.shown, { x: place, isRest: pointed === null }, curve.direction));
  const at = reads.find((read) => read !== undefined);
  const [isAll, setAll] = useState(false);
  const more = curves.length - mostNamed;
  const shown = isAll ? curves : curves.slice(0, mostNamed);
  return (
    <>
      <span className="chart-names">
        {shown.map((curve, index) => (
          <span key={curve.shown.key} className="chart-name">
            <Mark mark={curve.mark} />
            <strong className="cut" title={curve.shown.key}>
              {curve.shown.key}
            </strong>
            <Value curve={curve} read={reads[index]} />
          </span>
        ))}
        {more > 0 && (
          <Link label={isAll ? `Show ${mostNamed} Names` : `and ${more} more`} onAct={() => setAll(!isAll)} />
        )}
      </span>
      {at !== undefined && <span className="quiet chart-place">at {whereText(view, at)}</span>}
    </>
  );
}

/** The value of a curve; of a group with its band and how many runs it is of. */
function Value({ curve, read }: { curve: Curve; read: Reading | undefined }) {
  if (read === undefined) return <span>{marksText([curve.shown])}</span>;
  const band =
    numberText(read.low) === numberText(read.high) ? '' : `${numberText(read.low)} to ${numberText(read.high)}, `;
  return (
    <>
      <span>{numberText(read.y)}</span>
      {read.runs !== undefined && (
        <span className="quiet">
          {band}n {read.runs}
        </span>
      )}
    </>
  );
}

/** The place of a reading in words; of a path the step as well. */
export function whereText({ axis, along }: ChartView, { x, step }: Reading): string {
  if (axis !== 'metric') return placeText(axis, x);
  const place = `${along} ${placeText(axis, x)}`;
  return step === undefined ? place : `${place}, step ${placeText('step', step)}`;
}

/** A curve's sign, as it stands at its end. */
export function Mark({ mark }: { mark: number }) {
  const { path, isFilled } = markSign(mark);
  const colour = `var(--mark-${markColour(mark)})`;
  return (
    <svg className="mark" viewBox="-5 -5 10 10" aria-hidden="true">
      <path d={path} fill={isFilled ? colour : 'none'} stroke={colour} />
    </svg>
  );
}
