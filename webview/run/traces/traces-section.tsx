// The requests that were traced in this run, and one of them as a tree of spans.
import { memo, useState } from 'react';
import type { ShownTrace } from '../../../src/protocol/panel';
import type { TracePage } from '../../../src/protocol/runs/trace';
import { countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { TraceList } from './trace-list';
import { TraceView } from './trace-view';

const firstPage = 50;
const most = 500;

interface TracesSectionProps {
  runId: string;
  shown: ShownTrace | null;
  onShow: (trace: ShownTrace | null) => void;
}

/** Nothing for a run without traces; whether it has any is said to be unknown where they cannot be read. */
export const TracesSection = memo(function TracesSection({ runId, shown, onShow }: TracesSectionProps) {
  const [limit, setLimit] = useState(firstPage);
  const { value, error } = useLive<TracePage>({
    key: `${runId} ${limit}`,
    rest: 1000,
    load: (host, signal) => host.query('traces.list', { runId, limit }, signal),
  });
  if (value === undefined ? error === undefined : value.total === 0) return null;
  const current = shown?.traceId ?? null;
  const choose = (traceId: string): void => onShow(traceId === current ? null : { traceId, spanId: null });
  return (
    <Section title="Traces" answer={value === undefined ? undefined : answerFor(value)}>
      {error !== undefined && (
        <p className="note" role="alert">
          {error.message}
        </p>
      )}
      {value !== undefined && <TraceList traces={value.items} current={current} onChoose={choose} />}
      {value !== undefined && value.next !== null && <More page={value} onMore={() => setLimit(most)} />}
      {shown !== null && <TraceView key={shown.traceId} runId={runId} shown={shown} onShow={onShow} />}
    </Section>
  );
});

function More({ page, onMore }: { page: TracePage; onMore: () => void }) {
  const count = page.items.length;
  return (
    <p className="note">
      {`The newest ${count.toLocaleString('en-US')} of ${page.total.toLocaleString('en-US')} are shown. `}
      {count < most && <Link label={`Show ${Math.min(most, page.total)}`} onAct={onMore} />}
    </p>
  );
}

function answerFor({ items, total }: TracePage): string {
  const failed = items.filter(({ state }) => state === 'ERROR').length;
  const among = items.length < total ? ` of the newest ${items.length}` : '';
  return failed === 0 ? countText(total, 'request') : `${countText(total, 'request')}, ${failed}${among} with an error`;
}
