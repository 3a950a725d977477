// From which score on a row is told positive: a slider for looking around, a field for the very threshold.
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../../kit/controls';
import { keepInField } from '../../kit/field-keys';
import type { ChangeEvidence } from './evidence-source';
import { nearestPlace, thresholdText } from './matrices';

/** The slider moves by so many thresholds: a hundredth of their span. */
const sliderStep = 10;

interface ThresholdToolProps {
  thresholds: readonly number[];
  /** Null: as the models themselves predicted. */
  threshold: number | null;
  change: ChangeEvidence;
}

/** Every threshold can be typed, also one that the slider does not stop at. */
export function ThresholdTool({ thresholds, threshold, change }: ThresholdToolProps) {
  const place = nearestPlace(thresholds, threshold ?? 0.5);
  const shown = thresholdText(thresholds[place] ?? 0);
  const words = threshold === null ? 'as predicted' : shown;
  return (
    <div className="evidence-tool">
      <label>
        Threshold
        <input
          type="range"
          min={0}
          max={thresholds.length - 1}
          step={sliderStep}
          value={place}
          aria-valuetext={words}
          onChange={(event) => change({ threshold: thresholds[Number(event.currentTarget.value)] ?? null })}
        />
      </label>
      <ThresholdField
        value={threshold === null ? '' : shown}
        thresholds={thresholds}
        onApply={(value) => change({ threshold: value })}
      />
      {threshold === null && <span className="quiet">as predicted</span>}
      {threshold !== null && <Button label="As Predicted" onAct={() => change({ threshold: null })} />}
    </div>
  );
}

interface FieldProps {
  value: string;
  thresholds: readonly number[];
  onApply: (threshold: number | null) => void;
}

/** Enter applies; Escape takes back what was typed. An empty field is "as predicted". */
function ThresholdField(props: FieldProps) {
  const { field, problem, onKeyDown, onInput } = useTypedThreshold(props);
  const said = useId();
  return (
    <>
      <input
        ref={field}
        className="field threshold-field"
        inputMode="decimal"
        aria-label="Threshold as a number"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : said}
        placeholder="0.500"
        defaultValue={props.value}
        onKeyDown={onKeyDown}
        onInput={onInput}
      />
      {problem !== null && (
        <span id={said} role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

function useTypedThreshold({ value, thresholds, onApply }: FieldProps) {
  const [problem, tell] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // What was typed and not applied goes when another threshold is chosen.
    if (field.current !== null) field.current.value = value;
    tell(null);
  }, [value]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    keepInField(event);
    const typed = event.currentTarget;
    if (event.key === 'Escape') {
      typed.value = value;
      tell(null);
    }
    if (event.key !== 'Enter') return;
    const read = readThreshold(typed.value, thresholds);
    tell('problem' in read ? read.problem : null);
    if ('problem' in read) return;
    if (read.threshold !== null) typed.value = thresholdText(read.threshold);
    onApply(read.threshold);
  };
  return { field, problem, onKeyDown, onInput: () => tell(null) };
}

/** The nearest threshold at which rows were counted, at thousandths of chances; a comma is taken for a point. */
function readThreshold(
  text: string,
  thresholds: readonly number[],
): { threshold: number | null } | { problem: string } {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  if (plain === '') return { threshold: null };
  const value = Number(plain);
  const [low, high] = [thresholds[0] ?? 0, thresholds.at(-1) ?? 1];
  if (Number.isFinite(value) && value >= low && value <= high)
    return { threshold: thresholds[nearestPlace(thresholds, value)] ?? null };
  const what = Number.isFinite(value) ? `${text.trim()} is beyond the scores` : `${text.trim()} is no number`;
  return { problem: `${what}: type one from ${thresholdText(low)} to ${thresholdText(high)}.` };
}
