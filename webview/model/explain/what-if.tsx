// What the model would say of the row if one value were another, all else as it is.
import type { RowExplanation, WhatIfCurve } from '../../../src/protocol/inference/explain/explanation';
import type { GivenInput } from '../../../src/protocol/inference/prediction';
import { Choice } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Section } from '../../kit/section';
import { Bars } from '../try/result/bars';
import { scoreText } from '../try/result/reading';
import { askExplain } from './ask-explain';
import { CurvePlot } from './curve-plot';
import { Explaining } from './explaining';
import { Trouble } from './trouble';
import { useAsked } from './use-asked';
import { valueText } from './waterfall';

interface WhatIfProps {
  /** Changes with what is explained. */
  asked: string;
  given: GivenInput;
  found: RowExplanation;
  feature: string;
  onChoose: (feature: string) => void;
}

/** A curve over numbers, bars over categories. */
export function WhatIf({ asked, given, found, feature, onChoose }: WhatIfProps) {
  const host = useHost();
  const { class: named, effects } = found;
  const curve = useAsked(`${asked} ${feature}`, (signal) =>
    askExplain(host, 'whatIf', { given, feature, class: named }, signal),
  );
  const { value, error, isOld } = curve;
  const choice = (
    <Choice
      label="The value that is tried"
      options={effects.map((each) => ({ value: each.feature, label: each.feature }))}
      value={feature}
      onChoose={onChoose}
    />
  );
  return (
    <Section title={`If ${feature} were another`} answer="all else as entered" acts={choice}>
      <Trouble text={error} />
      <Explaining of="whatIf" what={`Running the model with other values of ${feature}…`} asked={curve} />
      {value !== null && !isOld && <Curve found={value} />}
    </Section>
  );
}

function Curve({ found }: { found: WhatIfCurve }) {
  const { kind, grid, own, value, mean, curves, background } = found;
  if (kind === 'category') {
    const scores = { output: found.output, names: grid.map(String), values: own, areShares: own.every(isShare) };
    return <Bars scores={scores} other={null} chosen={String(value)} />;
  }
  const finding = `From ${scoreText(own[0] ?? 0)} at ${valueText(grid[0] ?? 0)} to ${scoreText(own.at(-1) ?? 0)} at ${valueText(grid.at(-1) ?? 0)}`;
  return (
    <>
      <CurvePlot
        places={grid.map(Number)}
        own={own}
        mean={mean}
        each={curves}
        at={typeof value === 'number' ? { place: value, value: found.prediction } : null}
        finding={finding}
      />
      <p className="note">
        <span className="key own" /> this row <span className="key mean" /> mean of{' '}
        {background.rows.toLocaleString('en-US')} rows <span className="key each" />{' '}
        {curves.length.toLocaleString('en-US')} of them
      </p>
    </>
  );
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
