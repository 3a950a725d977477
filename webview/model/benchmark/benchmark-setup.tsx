// What is measured: how many rows at once, on how many threads.
import { useState } from 'react';
import type { BenchmarkPlan } from '../../../src/protocol/inference/benchmark/benchmark-panel';
import { countText } from '../../../src/protocol/wording';
import { Button, Switch } from '../../kit/controls';

interface BenchmarkSetupProps {
  /** How many this machine runs at once. */
  threads: number;
  isGoing: boolean;
  trouble: string;
  onStart: (plan: BenchmarkPlan) => void;
}

const allBatches = [1, 10, 100, 1000, 10_000];
const usualBatches = [1, 10, 100, 1000];
/** Seconds: the run itself and its warm-up. */
const secondsEach = 2.3;

/** The left side. */
export function BenchmarkSetup({ threads, isGoing, trouble, onStart }: BenchmarkSetupProps) {
  const choices = threadChoices(threads);
  const [batches, setBatches] = useState(usualBatches);
  const [chosen, setChosen] = useState([1]);
  const count = batches.length * chosen.length;
  return (
    <section className="try-input" aria-label="What is measured">
      <div className="section-head">
        <h2>What is measured</h2>
      </div>
      <div className="plan">
        <Numbers label="Rows at once" all={allBatches} chosen={batches} onChoose={setBatches} />
        <Numbers label="Threads" all={choices} chosen={chosen} onChoose={setChosen} />
        <p className="note">
          This machine runs {countText(threads, 'thread')} at once. Close what else works hard: it would be in the
          times.
        </p>
      </div>
      {trouble !== '' && (
        <p className="field-said worse" role="alert">
          {trouble}
        </p>
      )}
      <div className="try-foot">
        {isGoing ? (
          <span className="note">Measuring. Changes hold for the next time.</span>
        ) : (
          <>
            <Button label="Run Benchmark" primary onAct={() => onStart({ batches, threads: chosen })} />
            <span className="note">
              {countText(count, 'measurement')}, {Math.ceil(count * secondsEach) + 1} s at most for a fast model
            </span>
          </>
        )}
      </div>
    </section>
  );
}

/** Powers of two, and as many as there are. */
function threadChoices(threads: number): number[] {
  const powers = [1, 2, 4, 8, 16, 32, 64].filter((each) => each <= threads);
  return [...new Set([...powers, threads])].slice(0, 8);
}

interface NumbersProps {
  label: string;
  all: readonly number[];
  chosen: readonly number[];
  onChoose: (chosen: number[]) => void;
}

/** At least one stays chosen. */
function Numbers({ label, all, chosen, onChoose }: NumbersProps) {
  const toggle = (value: number): void => {
    const next = all.filter((each) => (each === value) !== chosen.includes(each));
    if (next.length > 0) onChoose(next);
  };
  return (
    <fieldset className="plan-row number-choices" aria-label={label}>
      <span className="quiet" aria-hidden="true">
        {label}
      </span>
      <span className="number-list">
        {all.map((value) => (
          <Switch
            key={value}
            label={value.toLocaleString('en-US')}
            isOn={chosen.includes(value)}
            onAct={() => toggle(value)}
          />
        ))}
      </span>
    </fieldset>
  );
}
