// The mark by which a run is known wherever it is selected: a colour and a shape, always together, as on its curves.
import { markColour, markSign } from '../../src/protocol/runs/mark-signs';

/** The mark with this number. It says nothing to a screen reader. */
export function RunMark({ mark }: { mark: number }) {
  const { path, isFilled } = markSign(mark);
  const colour = `var(--mark-${markColour(mark)})`;
  return (
    <svg className="run-mark" viewBox="-6 -6 12 12" width="12" height="12" aria-hidden="true">
      <path d={path} fill={isFilled ? colour : 'none'} stroke={colour} strokeWidth={isFilled ? 0 : 1.6} />
    </svg>
  );
}
