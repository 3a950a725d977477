// One trace: its sentence, what was said of it, the tree of its spans and one span's details.
import type { ShownTrace } from '../../../src/protocol/panel';
import type { TraceAssessment, TraceTree } from '../../../src/protocol/runs/trace';
import { countText } from '../../../src/protocol/wording';
import { IconButton } from '../../kit/controls';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { SpanDetails } from './span-details';
import { SpanTree } from './span-tree';
import { spanTimeText, stateWords, valueText } from './trace-words';
import { useLate } from './use-late';

interface TraceViewProps {
  runId: string;
  shown: ShownTrace;
  onShow: (trace: ShownTrace | null) => void;
}

/** Follows the trace while it is in progress. */
export function TraceView({ runId, shown, onShow }: TraceViewProps) {
  const { traceId } = shown;
  const { value, error } = useLive<TraceTree>({
    key: traceId,
    rest: 1000,
    load: (host, signal) => host.query('traces.get', { runId, traceId }, signal),
  });
  const isLate = useLate(value === undefined);
  if (value === undefined && error !== undefined) {
    return (
      <p className="note" role="alert">
        {error.message}
      </p>
    );
  }
  if (value === undefined) return isLate ? <p className="note">Reading the trace…</p> : null;
  const choose = (spanId: string): void => onShow({ traceId, spanId });
  return (
    <div className="trace">
      <Head trace={value} onClose={() => onShow(null)} />
      <Assessments assessments={value.assessments} />
      {value.spans.length === 0 && <p className="note">No span of this trace has come.</p>}
      {value.spans.length > 0 && <SpanTree spans={value.spans} current={shown.spanId} onChoose={choose} />}
      {shown.spanId !== null && <SpanDetails key={shown.spanId} {...{ runId, traceId }} spanId={shown.spanId} />}
    </div>
  );
}

function Head({ trace, onClose }: { trace: TraceTree; onClose: () => void }) {
  const { word, icon, tone } = stateWords(trace.state);
  const root = trace.spans[0];
  const failed = trace.spans.filter(({ status }) => status === 'ERROR').length;
  const facts = [
    spanTimeText(trace.duration),
    countText(trace.spans.length, 'span'),
    failed === 0 ? '' : `${failed} failed`,
    ...trace.tags.map(({ key, value }) => `${key} ${value}`),
  ].filter(Boolean);
  return (
    <div className="trace-head">
      <Icon name={icon} tone={tone} />
      <h3 className="cut">{`${root?.name ?? trace.traceId}: ${word}`}</h3>
      <span className="quiet cut">{facts.join(' · ')}</span>
      <span className="acts">
        <IconButton label="Close Trace" onAct={onClose}>
          <Icon name="close" />
        </IconButton>
      </span>
    </div>
  );
}

function Assessments({ assessments }: { assessments: readonly TraceAssessment[] }) {
  if (assessments.length === 0) return null;
  return (
    <ul className="trace-said">
      {assessments.map(({ assessmentId, name, kind, value, rationale, source }) => (
        <li key={assessmentId} className="cut" title={rationale ?? undefined}>
          {kind === 'expectation' ? `expected ${name} ` : `${name} `}
          <code>{valueText(value).replace(/\s+/g, ' ')}</code>
          <span className="quiet">{[source, rationale].flatMap((each) => (each ? [` · ${each}`] : []))}</span>
        </li>
      ))}
    </ul>
  );
}
