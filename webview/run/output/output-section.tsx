// What the command printed: its end, live, and every other part on the way of a search.
import { memo, useCallback, useRef, useState } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { bytesText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Section } from '../../kit/section';
import type { SourcePlace } from './line-parts';
import { OutputBox } from './output-box';
import { useOutputSearch } from './output-search';
import { type OutputPart, useOutputView } from './output-view';
import { SearchBar } from './search-bar';

/** Nothing for a run that Slipway did not record: its output went to its own terminal. */
export const OutputSection = memo(function OutputSection({ run }: { run: RunDetail }) {
  const host = useHost();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const runId = run.recorded ? run.runId : '';
  const view = useOutputView(runId);
  const search = useOutputSearch(runId, text);
  const { openPlace, refusal } = useSourcePlaces();
  if (!run.recorded) return null;
  const hasOutput = (view.part?.size ?? 0) > 0;
  const bar = <SearchBar field={field} search={search} onText={setText} onGo={view.goTo} onEnd={view.goToEnd} />;
  const openLog = <Link label="Open Log" onAct={() => void host.command('run.openLog', null)} />;
  return (
    <Section
      title="Output"
      answer={answerFor(run, view.part)}
      acts={hasOutput ? [<span key="bar">{bar}</span>, <span key="log">{openLog}</span>] : undefined}
    >
      {[...(run.recording?.problems ?? []), refusal, view.error?.message ?? ''].filter(Boolean).map((problem) => (
        <p key={problem} className="note" role={problem === refusal ? 'alert' : undefined}>
          {problem}
        </p>
      ))}
      {hasOutput && view.part !== undefined && (
        <OutputBox
          view={view}
          part={view.part}
          wanted={search.wanted.toLowerCase()}
          onFind={() => field.current?.focus()}
          onOpen={openPlace}
        />
      )}
    </Section>
  );
});

/** Opens what a traceback names; `refusal` says why the last one was not opened. */
function useSourcePlaces(): { openPlace: (place: SourcePlace) => void; refusal: string } {
  const host = useHost();
  const [refusal, setRefusal] = useState('');
  const openPlace = useCallback(
    (place: SourcePlace): void => {
      setRefusal('');
      host.command('source.open', place).catch((error: Error) => setRefusal(error.message));
    },
    [host],
  );
  return { openPlace, refusal };
}

function answerFor(run: RunDetail, part: OutputPart | undefined): string | undefined {
  if (part === undefined) return undefined;
  if (part.size === 0) return run.state === 'running' ? 'nothing printed yet' : 'nothing was printed';
  return bytesText(part.size);
}
