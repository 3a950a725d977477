// An assessment: what a person, a program or a model says of a trace, or of one span of it.

export type AssessmentKind = 'feedback' | 'expectation' | 'issue';

/** What is said. `value` is any JSON; `error` says why no value could be found; times are epoch milliseconds. */
export interface AssessmentInput {
  assessmentId: string | null;
  name: string;
  kind: AssessmentKind;
  value: unknown;
  error: Record<string, unknown> | null;
  rationale: string | null;
  metadata: Readonly<Record<string, string>> | null;
  spanId: string | null;
  source: { type: string; id: string } | null;
  createTime: number;
  lastUpdateTime: number;
  /** The assessment that this one takes the place of. */
  overrides: string | null;
  valid: boolean;
}

/** An assessment that is kept. */
export interface Assessment extends AssessmentInput {
  assessmentId: string;
}

/** What may change of an assessment: the fields that are there. */
export type AssessmentChange = Partial<
  Pick<AssessmentInput, 'name' | 'kind' | 'value' | 'error' | 'rationale' | 'metadata' | 'valid'>
>;
