// Where the benchmark is kept, and the earlier ones that it can be set against.
import { useState } from 'react';
import type { BenchmarkOutcome, EarlierBenchmark } from '../../../src/protocol/inference/benchmark/benchmark-panel';
import { timeText } from '../../../src/protocol/wording';
import { Button, Choice, Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Section } from '../../kit/section';
import { useAsked } from '../explain/use-asked';
import { askBenchmark } from './ask-benchmark';

interface KeptRunProps {
  outcome: BenchmarkOutcome;
  act: (asked: Promise<unknown>) => void;
}

/** Outside of a workspace it says why no run keeps it. */
export function KeptRun({ outcome: { runId, why }, act }: KeptRunProps) {
  const host = useHost();
  if (runId === null) return <Section title="Kept" answer={why} />;
  return (
    <Section
      title="Kept"
      answer={`run ${runId.slice(0, 8)} of the experiment benchmarks`}
      acts={<Link label="Open Run" onAct={() => act(askBenchmark(host, 'openBenchmark', {}))} />}
    >
      <Earlier runId={runId} act={act} />
    </Section>
  );
}

function Earlier({ runId, act }: { runId: string; act: KeptRunProps['act'] }) {
  const host = useHost();
  const [chosen, setChosen] = useState('');
  const { value, error } = useAsked<EarlierBenchmark[]>(runId, (signal) =>
    askBenchmark(host, 'earlierBenchmarks', {}, signal),
  );
  if (error !== '')
    return (
      <p className="field-said worse" role="alert">
        {error}
      </p>
    );
  const [newest] = value ?? [];
  if (value === null) return null;
  if (newest === undefined) return <p className="note">There is no earlier benchmark of a model of this name.</p>;
  const against = value.some((each) => each.runId === chosen) ? chosen : newest.runId;
  const options = value.map(({ runId: each, time }) => ({ value: each, label: timeText(time, Date.now()) }));
  return (
    <div className="group-tools">
      <span className="tool">
        Earlier benchmark
        <Choice label="Earlier benchmark" options={options} value={against} onChoose={setChosen} />
      </span>
      <Button label="Compare" onAct={() => act(askBenchmark(host, 'compareBenchmark', { runId: against }))} />
    </div>
  );
}
