// Takes in spans, which come in any order, some of them twice, before or after their trace is told.
import type { TracesContext } from './context';
import { summaryOf, tagsOf } from './rules/span-summary';
import { clientTags } from './rules/trace-rules';
import { tellRuns } from './run-activity';
import type { SpanInput } from './span';
import { SpanStore } from './store/span-store';
import { TraceStore } from './store/trace-store';
import { type TraceFacts, type TraceRow, traceKeys } from './trace';
import type { Traces } from './traces';

/** Where spans go: the experiment of traces there are none of yet, and a run that they belong to, too. */
export interface SpanPlace {
  experimentId: string;
  runId: string | null;
}

/** Keeps spans and what they say of their traces. */
export class SpanIntake {
  readonly #context: TracesContext;
  readonly #traces: Traces;
  readonly #store: TraceStore;
  readonly #spans: SpanStore;

  constructor(context: TracesContext, traces: Traces) {
    this.#context = context;
    this.#traces = traces;
    this.#store = new TraceStore(context.database);
    this.#spans = new SpanStore(context.database);
  }

  /** Throws as `add` would for this place, before anything is written. */
  check(place: SpanPlace): void {
    this.#context.runs.experiments.active(place.experimentId);
  }

  /**
   * Keeps spans of any traces, in one transaction; one that was sent before is replaced. Throws `not-found` or `invalid`
   * for an experiment there is none of or that is deleted.
   */
  add(spans: readonly SpanInput[], place: SpanPlace): void {
    const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
    const runId = this.#knownRun(place.runId);
    this.#context.database
      .transaction(() => {
        for (const [traceId, own] of byTrace) this.#addTo(traceId, own, { ...place, runId });
      })
      .immediate();
  }

  #addTo(traceId: string, spans: readonly SpanInput[], place: SpanPlace): void {
    const facts = { traceId, experimentId: place.experimentId, ...summaryOf(spans) };
    const known = this.#store.byId(traceId);
    const trace = known === undefined ? this.#traces.add(facts) : known.trace;
    if (known !== undefined) this.#merge(known, facts);
    for (const span of spans) this.#spans.put(trace, span);
    this.#store.setTag(trace, { key: traceKeys.spansLocation, value: 'TRACKING_STORE' });
    for (const tag of clientTags(tagsOf(spans))) this.#store.setTag(trace, tag);
    if (place.runId !== null) this.#store.addRun(trace, place.runId);
    tellRuns(this.#context, this.#store.runs(trace));
  }

  /** What the client told of the whole trace stands; until then the spans that have come widen it. */
  #merge(known: TraceRow, found: TraceFacts): void {
    const isTold = this.#store.metadata(known.trace, traceKeys.finalized) !== undefined;
    const isOpen = known.state === 'IN_PROGRESS' || known.state === 'STATE_UNSPECIFIED';
    this.#store.update(known.trace, {
      ...known,
      ...(isTold ? {} : widened(known, found)),
      state: isOpen && found.state !== 'IN_PROGRESS' ? found.state : known.state,
      requestPreview: known.requestPreview ?? found.requestPreview,
      responsePreview: known.responsePreview ?? found.responsePreview,
    });
  }

  #knownRun(runId: string | null): string | null {
    return runId === null ? null : (this.#context.runs.findRun(runId)?.runId ?? null);
  }
}

function widened(known: TraceFacts, found: TraceFacts): Pick<TraceFacts, 'requestTime' | 'duration'> {
  const requestTime = Math.min(known.requestTime, found.requestTime);
  const ends = [known, found].flatMap((each) => (each.duration === null ? [] : [each.requestTime + each.duration]));
  return { requestTime, duration: ends.length === 0 ? null : Math.max(...ends) - requestTime };
}
