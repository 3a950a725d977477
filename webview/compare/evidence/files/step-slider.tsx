// Which step of a series is looked at; what a side lacks is told.
import type { FileStep } from '../../../../src/protocol/comparison/evidence/file-item';
import type { Sides } from '../../head/side-name';

interface StepSliderProps {
  steps: readonly FileStep[];
  chosen: FileStep;
  sides: Sides;
  onChoose: (step: number) => void;
}

/** Moved by mouse and arrow keys, from step to step however far they are apart. */
export function StepSlider({ steps, chosen, sides, onChoose }: StepSliderProps) {
  const place = steps.indexOf(chosen);
  const words = stepText(chosen, sides);
  return (
    <div className="evidence-tool">
      <label>
        Step
        <input
          type="range"
          min={0}
          max={steps.length - 1}
          step={1}
          value={place}
          aria-valuetext={words}
          onChange={(event) => onChoose(steps[Number(event.currentTarget.value)]?.step ?? 0)}
        />
      </label>
      <span className="number threshold">{(chosen.step ?? 0).toLocaleString('en-US')}</span>
      <span className="quiet">{lackText(steps, chosen, sides)}</span>
    </div>
  );
}

function stepText({ step, baseline, candidate }: FileStep, sides: Sides): string {
  const lack = baseline === null ? sides.baseline.name : candidate === null ? sides.candidate.name : null;
  return `step ${step ?? 0}${lack === null ? '' : `, not in ${lack}`}`;
}

function lackText(steps: readonly FileStep[], chosen: FileStep, { baseline, candidate }: Sides): string {
  const count = (side: 'baseline' | 'candidate'): number => steps.filter((step) => step[side] === null).length;
  const here = chosen.baseline === null ? baseline.name : chosen.candidate === null ? candidate.name : null;
  const lacks = [
    { name: baseline.name, many: count('baseline') },
    { name: candidate.name, many: count('candidate') },
  ].filter(({ many }) => many > 0);
  const all = lacks.map(({ name, many }) => `${name} lacks ${many} of ${steps.length} steps`).join(', ');
  return here === null ? all : `${here} has not this step; ${all}`;
}
