// What can be done with assessments.
import { SlipwayError } from '../../base/errors';
import type { Assessment, AssessmentChange, AssessmentInput } from './assessment';
import type { TracesContext } from './context';
import { AssessmentStore } from './store/assessment-store';
import { type Traces, withId } from './traces';

/** Makes, changes and removes assessments. Every action is one transaction. */
export class Assessments {
  readonly #context: TracesContext;
  readonly #traces: Traces;
  readonly #store: AssessmentStore;

  constructor(context: TracesContext, traces: Traces) {
    this.#context = context;
    this.#traces = traces;
    this.#store = new AssessmentStore(context.database);
  }

  /** Adds an assessment; the one it takes the place of holds no more. Throws `not-found` for an unknown trace or one. */
  create(traceId: string, input: AssessmentInput): Assessment {
    if (input.name === '') throw new SlipwayError('invalid', 'An assessment needs a name.');
    return this.#write(() => {
      const { trace } = this.#traces.row(traceId);
      const assessment = withId(input);
      if (this.#store.find(trace, assessment.assessmentId) !== undefined) {
        throw new SlipwayError('already-exists', `Assessment with ID '${assessment.assessmentId}' already exists.`);
      }
      if (assessment.overrides !== null) {
        this.get(traceId, assessment.overrides);
        this.#store.setValid(trace, assessment.overrides, false);
      }
      this.#store.put(trace, assessment);
      return assessment;
    });
  }

  /** The assessment. Throws `not-found`. */
  get(traceId: string, assessmentId: string): Assessment {
    const found = this.#store.find(this.#traces.row(traceId).trace, assessmentId);
    if (found !== undefined) return found;
    throw new SlipwayError('not-found', `Assessment with ID '${assessmentId}' not found for trace '${traceId}'`);
  }

  /** Changes an assessment; metadata are added to those there are. Throws `invalid` when its kind would change. */
  update(traceId: string, assessmentId: string, change: AssessmentChange): Assessment {
    return this.#write(() => {
      const found = this.get(traceId, assessmentId);
      if (change.kind !== undefined && change.kind !== found.kind) {
        throw new SlipwayError('invalid', `Cannot update ${change.kind} value on an assessment that is ${found.kind}.`);
      }
      const metadata = { ...found.metadata, ...change.metadata };
      const changed = {
        ...found,
        ...change,
        metadata: Object.keys(metadata).length === 0 ? null : metadata,
        lastUpdateTime: this.#context.now(),
      };
      this.#store.put(this.#traces.row(traceId).trace, changed);
      return changed;
    });
  }

  /** Removes an assessment, if it is there; the one whose place it took holds again. */
  delete(traceId: string, assessmentId: string): void {
    this.#write(() => {
      const { trace } = this.#traces.row(traceId);
      const overrides = this.#store.find(trace, assessmentId)?.overrides ?? null;
      if (overrides !== null) this.#store.setValid(trace, overrides, true);
      this.#store.delete(trace, assessmentId);
    });
  }

  #write<T>(action: () => T): T {
    return this.#context.database.transaction(action).immediate();
  }
}
