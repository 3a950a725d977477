// What is asked of many runs together. A forest takes up to seconds, so all of it is done on the reader threads.
import type {
  Importance,
  ImportanceQuery,
  RelationsApi,
  RelationValues,
  RelationValuesQuery,
} from '../../../../protocol/comparison/relations';
import type { ReaderPool } from '../../../../workspace/readers';
import type { MetricRules } from '../../reading/metric-direction';
import type { TableAsked } from '../../table/store/found-runs';
import type { RelationReads } from './reads';

/** `rules` is what slipway.yaml says of metrics now; `silence` and `now` in milliseconds. */
export interface RelationsOptions {
  readers: ReaderPool<RelationReads>;
  rules: () => MetricRules;
  now: () => number;
  silence: number;
}

/** The relations between params and metrics over runs of a workspace. */
export class Relations implements RelationsApi {
  readonly #options: RelationsOptions;

  constructor(options: RelationsOptions) {
    this.#options = options;
  }

  /** The values of runs in all that tells them apart. */
  relationValues(query: RelationValuesQuery): Promise<RelationValues> {
    return this.#options.readers.run('relationValues', { ...query, ...this.#asked });
  }

  /** Which params go with a metric. Throws `not-found` when no run has it. */
  importance(query: ImportanceQuery): Promise<Importance> {
    return this.#options.readers.run('importance', { ...query, ...this.#asked });
  }

  get #asked(): TableAsked {
    const { now, silence, rules } = this.#options;
    return { now: now(), silence, rules: rules() };
  }
}
