// What the process of the model took.
import type { Benchmark } from '../../../src/protocol/inference/benchmark/benchmark';
import { bytesText } from '../../../src/protocol/wording';
import { Section } from '../../kit/section';

/** Of a process that was started for it. */
export function Memory({ benchmark: { memory, modelBytes } }: { benchmark: Benchmark }) {
  const { before, loaded, most } = memory;
  const own = Math.max(0, loaded - before);
  return (
    <Section
      title="How much memory?"
      answer={`${bytesText(own)} when loaded, ${bytesText(Math.max(0, most - before))} at most`}
    >
      <dl className="facts">
        <dt>Before the model</dt>
        <dd>{bytesText(before)}</dd>
        <dt>With the model</dt>
        <dd>{bytesText(loaded)}</dd>
        <dt>At most</dt>
        <dd>{bytesText(most)}</dd>
        <dt>Model’s file</dt>
        <dd>{bytesText(modelBytes)}</dd>
      </dl>
    </Section>
  );
}
