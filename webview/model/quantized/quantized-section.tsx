// What a quantization brought and cost: both models beside each other.
import type {
  QuantizationAsk,
  QuantizationAsks,
  ShownQuantization,
} from '../../../src/protocol/inference/quantization/quantization-panel';
import { beforeAfterLines, costSentences } from '../../../src/protocol/inference/quantization/quantization-words';
import { countText, timeText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';

/** Nothing where the model was not quantized here. */
export function QuantizedSection() {
  const host = useHost();
  const { value } = useLive<ShownQuantization | null>({
    key: 'quantized',
    rest: 300,
    load: (from, signal) => ask(from, 'quantized', signal),
  });
  if (value === undefined || value === null) return null;
  const { quantization, isOutput, isRecorded, time } = value;
  const { model, output, input, notes } = quantization;
  return (
    <Section
      title="Quantization"
      answer={`${isOutput ? `made of ${model}` : `made ${output} of it`}, ${timeText(time, Date.now())}: ${howText(value)}`}
      acts={
        <>
          <Link label={`Open ${isOutput ? model : output}`} onAct={() => void ask(host, 'openQuantized')} />
          {isRecorded && <Link label="Open Run" onAct={() => void ask(host, 'openQuantizationRun')} />}
        </>
      }
    >
      {value.isStale && (
        <p className="note">
          <Icon name="caution" tone="quiet" /> One of the two files was written since.
        </p>
      )}
      <BeforeAfter shown={value} />
      {costSentences(quantization).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="note">Times are of {input}, on one thread.</p>
      {notes.map((note) => (
        <p className="note cut" key={note} title={note}>
          {note}
        </p>
      ))}
    </Section>
  );
}

function howText({ quantization: { terms, done, calibration } }: ShownQuantization): string {
  const { method, weights, perChannel } = terms;
  const kinds = done.quantized.map(({ operator, count }) => `${count} ${operator}`).join(', ');
  const rows = calibration === null ? '' : `, ranges of ${countText(calibration.rows, 'row')} of ${calibration.name}`;
  return `${kinds} in 8 bits, ${method}, ${weights} weights${perChannel ? ' by channel' : ''}${rows}`;
}

function BeforeAfter({ shown: { quantization } }: { shown: ShownQuantization }) {
  return (
    <table className="figures before-after" aria-label="Before and after">
      <thead>
        <tr>
          <th aria-label="what" />
          <th className="number">before</th>
          <th className="number">after</th>
          <th>change</th>
        </tr>
      </thead>
      <tbody>
        {beforeAfterLines(quantization).map(({ name, before, after, change }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{before}</td>
            <td className="number">{after}</td>
            <td>{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ask<Q extends QuantizationAsk>(
  host: Host,
  name: Q,
  signal?: AbortSignal,
): Promise<QuantizationAsks[Q]['answer']> {
  // A model's host answers these in place of the questions of an engine.
  return host.query(name as never, {} as never, signal) as Promise<QuantizationAsks[Q]['answer']>;
}
