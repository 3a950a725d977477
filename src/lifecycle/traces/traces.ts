// What can be done with traces.
import { randomBytes } from 'node:crypto';
import { SlipwayError } from '../../base/errors';
import type { Assessment, AssessmentInput } from './assessment';
import type { TracesContext } from './context';
import { traceNotFound } from './queries';
import { checkChangeable, checkedTraceTag, checkTraceId, clientTags } from './rules/trace-rules';
import { tellRuns } from './run-activity';
import { AssessmentStore } from './store/assessment-store';
import { type TraceChoice, TraceStore } from './store/trace-store';
import { type TraceFacts, type TraceInput, type TraceRow, type TraceState, type TraceTag, traceKeys } from './trace';

const mostLinks = 100;

/** An assessment as it is kept: with an id of its own. */
export function withId(assessment: AssessmentInput): Assessment {
  return { ...assessment, assessmentId: assessment.assessmentId ?? `a-${randomBytes(16).toString('hex')}` };
}

/** Tells, ends, tags, links and deletes traces. Every action is one transaction. */
export class Traces {
  readonly #context: TracesContext;
  readonly #store: TraceStore;
  readonly #assessments: AssessmentStore;

  constructor(context: TracesContext) {
    this.#context = context;
    this.#store = new TraceStore(context.database);
    this.#assessments = new AssessmentStore(context.database);
  }

  /** The trace's own fields. Throws `not-found`, also for a deleted one. */
  row(traceId: string): TraceRow {
    const row = this.#store.byId(traceId);
    if (row === undefined) throw traceNotFound(traceId);
    return row;
  }

  /** Adds a trace and returns its number; inside a transaction. Throws for an experiment that takes none. */
  add(facts: TraceFacts): number {
    const { experimentId, artifactLocation } = this.#context.runs.experiments.active(facts.experimentId);
    const trace = this.#store.insert({ ...facts, experimentId });
    const value = `${artifactLocation}/traces/${facts.traceId}/artifacts`;
    this.#store.setTag(trace, { key: traceKeys.artifactLocation, value });
    return trace;
  }

  /**
   * Takes a trace that has ended, whether or not spans of it came before. What is said here counts more than what spans
   * say. Throws `invalid` for a bad id or tag, or a trace of another experiment.
   */
  tell(input: TraceInput): void {
    checkTraceId(input.traceId);
    const tags = clientTags(input.tags);
    this.#write(() => {
      const known = this.#store.byId(input.traceId);
      const trace = known === undefined ? this.add(input) : this.#merge(known, input);
      for (const tag of tags) this.#store.setTag(trace, tag);
      this.#keepMetadata(trace, [...input.metadata, { key: traceKeys.finalized, value: 'true' }]);
      for (const assessment of input.assessments) this.#assessments.put(trace, withId(assessment));
      this.#changed(trace);
    });
  }

  /** Begins a trace in the way of old clients, which are told its id. Throws as `tell`. */
  begin(input: TraceInput): void {
    const tags = clientTags(input.tags);
    this.#write(() => {
      const trace = this.add(input);
      for (const tag of tags) this.#store.setTag(trace, tag);
      this.#keepMetadata(trace, input.metadata);
      this.#changed(trace);
    });
  }

  /** Ends a trace that was begun. The end is epoch milliseconds. */
  end(
    traceId: string,
    end: { time: number; state: TraceState; tags: readonly TraceTag[]; metadata: readonly TraceTag[] },
  ): void {
    const tags = clientTags(end.tags);
    this.#write(() => {
      const row = this.row(traceId);
      const inputs = end.metadata.find(({ key }) => key === 'mlflow.traceInputs')?.value;
      const outputs = end.metadata.find(({ key }) => key === 'mlflow.traceOutputs')?.value;
      this.#store.update(row.trace, {
        ...row,
        duration: end.time - row.requestTime,
        state: end.state,
        requestPreview: row.requestPreview ?? inputs ?? null,
        responsePreview: row.responsePreview ?? outputs ?? null,
      });
      for (const tag of tags) this.#store.setTag(row.trace, tag);
      this.#keepMetadata(row.trace, end.metadata);
      this.#changed(row.trace);
    });
  }

  /** Sets or replaces a tag. */
  setTag(traceId: string, tag: TraceTag): void {
    checkChangeable(tag.key, 'set');
    const checked = checkedTraceTag(tag);
    this.#write(() => {
      const { trace } = this.row(traceId);
      this.#store.setTag(trace, checked);
      this.#changed(trace);
    });
  }

  /** Removes a tag. Throws `not-found` when it is not there. */
  deleteTag(traceId: string, key: string): void {
    checkChangeable(key, 'deleted');
    this.#write(() => {
      const { trace } = this.row(traceId);
      if (!this.#store.deleteTag(trace, key)) {
        throw new SlipwayError('not-found', `No trace tag with key '${key}' for trace with ID '${traceId}'`);
      }
      this.#changed(trace);
    });
  }

  /** Notes that traces belong to a run, too. Throws `not-found` for an unknown run; unknown traces are left out. */
  linkToRun(traceIds: readonly string[], runId: string): void {
    if (traceIds.length > mostLinks) {
      throw new SlipwayError(
        'invalid',
        `Cannot link more than ${mostLinks} traces to a run in a single request. Provided ${traceIds.length} traces.`,
      );
    }
    this.#context.runs.getRun(runId);
    this.#write(() => {
      for (const traceId of traceIds) {
        const row = this.#store.byId(traceId);
        if (row !== undefined) this.#store.addRun(row.trace, runId);
      }
    });
    this.#context.events.runChanged(runId);
  }

  /** Notes which versions of prompts a trace used. */
  linkPrompts(traceId: string, prompts: readonly string[]): void {
    this.#write(() => {
      const { trace } = this.row(traceId);
      for (const prompt of prompts) this.#store.addPrompt(trace, prompt);
    });
  }

  /** Deletes traces of an experiment and returns how many. */
  delete(choice: TraceChoice): number {
    return this.#write(() => {
      const deleted = this.#store.delete(choice, this.#context.now());
      tellRuns(this.#context, [...new Set(deleted.flatMap((trace) => this.#store.runs(trace)))]);
      return deleted.length;
    });
  }

  #merge(known: TraceRow, input: TraceInput): number {
    const { experimentId } = this.#context.runs.experiments.active(input.experimentId);
    if (known.experimentId !== experimentId) {
      throw new SlipwayError('invalid', `Trace with ID '${known.traceId}' already exists in another experiment.`);
    }
    this.#store.update(known.trace, {
      ...input,
      requestPreview: input.requestPreview ?? known.requestPreview,
      responsePreview: input.responsePreview ?? known.responsePreview,
    });
    return known.trace;
  }

  #keepMetadata(trace: number, metadata: readonly TraceTag[]): void {
    for (const each of metadata) {
      this.#store.setMetadata(trace, each);
      if (each.key === traceKeys.sourceRun && each.value !== '') this.#store.addRun(trace, each.value);
    }
  }

  #changed(trace: number): void {
    tellRuns(this.#context, this.#store.runs(trace));
  }

  #write<T>(action: () => T): T {
    return this.#context.database.transaction(action).immediate();
  }
}
