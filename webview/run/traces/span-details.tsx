// What was logged of one span.
import type { SpanDetail, SpanEventDetail } from '../../../src/protocol/runs/trace';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { Fact } from '../context/facts';
import { spanTimeText, typeWord, valueText } from './trace-words';
import { useLate } from './use-late';

/** More of a value is copied, but not drawn. */
const mostDrawn = 20_000;
/** What scrolls must be within reach of the keys, whether or not it holds a control. */
const reachable = { tabIndex: 0 };

/** Inputs, outputs, attributes and events. */
export function SpanDetails({ runId, traceId, spanId }: { runId: string; traceId: string; spanId: string }) {
  const { value, error } = useLive<SpanDetail | null>({
    key: `${traceId} ${spanId}`,
    rest: 1000,
    load: (host, signal) => host.query('traces.span', { runId, traceId, spanId }, signal),
  });
  const isLate = useLate(value === undefined);
  if (value === undefined && error !== undefined) {
    return (
      <p className="note" role="alert">
        {error.message}
      </p>
    );
  }
  if (value === undefined) return isLate ? <p className="note">Reading the span…</p> : null;
  if (value === null) return <p className="note">This span is no longer part of the trace.</p>;
  return (
    <section className="span-details" aria-label={`Span ${value.name}`}>
      <div className="span-title">
        <h3 className="cut">{value.name}</h3>
        <span className="quiet cut">{factsOf(value).join(' · ')}</span>
      </div>
      {value.status === 'ERROR' && <Trouble message={value.message} />}
      {'inputs' in value && <Value name="Inputs" value={value.inputs} />}
      {'outputs' in value && <Value name="Outputs" value={value.outputs} />}
      {value.events.map((event) => (
        <Event key={`${event.name} ${event.time}`} event={event} />
      ))}
      <Attributes attributes={value.attributes} />
    </section>
  );
}

function factsOf({ type, start, duration }: SpanDetail): string[] {
  const took = duration === null ? 'still running' : `took ${spanTimeText(duration)}`;
  return [typeWord(type), took, `began at ${spanTimeText(start)}`].filter(Boolean);
}

function Trouble({ message }: { message: string }) {
  return (
    <p className="span-trouble">
      <Icon name="failed" tone="worse" />
      <span>{message === '' ? 'Failed, without a message.' : message}</span>
    </p>
  );
}

function Value({ name, value }: { name: string; value: unknown }) {
  const host = useHost();
  const text = valueText(value);
  return (
    <section className="span-value" aria-label={name}>
      <div className="span-value-head">
        <h4>{name}</h4>
        <Link label={`Copy ${name}`} onAct={() => void host.command('text.copy', { text })} />
      </div>
      <pre {...reachable}>{text.slice(0, mostDrawn)}</pre>
      {text.length > mostDrawn && (
        <p className="note">{`The first ${mostDrawn.toLocaleString('en-US')} of ${text.length.toLocaleString('en-US')} characters; Copy takes all.`}</p>
      )}
    </section>
  );
}

function Event({ event: { name, time, attributes } }: { event: SpanEventDetail }) {
  const stack = attributes['exception.stacktrace'];
  const isException = name === 'exception';
  const said = [attributes['exception.type'], attributes['exception.message']].filter(Boolean).map(String);
  const rest = Object.entries(attributes).filter(([key]) => !(isException && key.startsWith('exception.')));
  return (
    <div className="span-value">
      <div className="span-value-head">
        <h4>{isException ? `Exception: ${said.join(': ')}` : name}</h4>
        <span className="quiet">{`at ${spanTimeText(time)}`}</span>
      </div>
      {isException && typeof stack === 'string' && <pre {...reachable}>{stack.trimEnd().slice(0, mostDrawn)}</pre>}
      {rest.length > 0 && <Attributes attributes={Object.fromEntries(rest)} title={null} />}
    </div>
  );
}

function Attributes(props: { attributes: Readonly<Record<string, unknown>>; title?: string | null }) {
  const entries = Object.entries(props.attributes);
  if (entries.length === 0) return null;
  return (
    <div className="span-value">
      {props.title !== null && (
        <div className="span-value-head">
          <h4>Attributes</h4>
        </div>
      )}
      <dl className="facts">
        {entries.map(([key, value]) => (
          <Fact key={key} name={key} value={oneLine(value)} isCode />
        ))}
      </dl>
    </div>
  );
}

function oneLine(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
