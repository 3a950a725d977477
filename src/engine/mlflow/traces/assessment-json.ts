// Assessments in MLflow's JSON.
import type { Assessment, AssessmentChange, AssessmentInput } from '../../../lifecycle/traces/assessment';
import type { Fields } from '../wire/fields';
import { textMap } from './text-map';
import { timestampOf, timestampText } from './wire-time';

const serializedFormat = 'JSON_FORMAT';

/** One assessment of a trace. */
export function assessmentJson(traceId: string, assessment: Assessment): object {
  const { spanId, source, rationale, metadata, overrides } = assessment;
  return {
    assessment_id: assessment.assessmentId,
    assessment_name: assessment.name,
    trace_id: traceId,
    ...(spanId === null ? {} : { span_id: spanId }),
    ...(source === null ? {} : { source: { source_type: source.type, source_id: source.id } }),
    create_time: timestampText(assessment.createTime),
    last_update_time: timestampText(assessment.lastUpdateTime),
    ...saidJson(assessment),
    ...(rationale === null ? {} : { rationale }),
    ...(metadata === null ? {} : { metadata }),
    ...(overrides === null ? {} : { overrides }),
    valid: assessment.valid,
  };
}

function saidJson({ kind, value, error }: Assessment): object {
  if (kind === 'issue') return { issue: value };
  if (kind === 'feedback') return { feedback: { value, ...(error === null ? {} : { error }) } };
  // Lists and objects go as JSON text whatever form they came in: MLflow's clients look for them there.
  if (typeof value !== 'object' || value === null) return { expectation: { value } };
  return {
    expectation: { serialized_value: { serialization_format: serializedFormat, value: JSON.stringify(value) } },
  };
}

/** The assessment of a request; times that are not said are `now`. Throws `invalid` for one that says nothing. */
export function assessmentInput(fields: Fields, now: number): AssessmentInput {
  const source = fields.object('source');
  const said = saidOf(fields);
  if (said === undefined) throw fields.missing('feedback');
  const optional = (name: string): string | null => fields.text(name) || null;
  return {
    assessmentId: optional('assessment_id'),
    name: fields.text('assessment_name'),
    ...said,
    rationale: fields.optionalText('rationale') ?? null,
    metadata: fields.value('metadata') === undefined ? null : Object.fromEntries(textMap(fields, 'metadata')),
    spanId: optional('span_id'),
    source: source === undefined ? null : { type: sourceType(source), id: source.text('source_id') },
    createTime: timestampOf(fields, 'create_time') ?? now,
    lastUpdateTime: timestampOf(fields, 'last_update_time') ?? now,
    overrides: optional('overrides'),
    valid: fields.flag('valid', true),
  };
}

const sourceTypes = ['SOURCE_TYPE_UNSPECIFIED', 'HUMAN', 'LLM_JUDGE', 'CODE'] as const;

/** Clients cannot read an answer with a type they do not know, whoever gave it. */
function sourceType(source: Fields): string {
  return source.choice('source_type', sourceTypes) ?? sourceTypes[0];
}

/** What of an assessment a request changes: the fields that its mask names. */
export function assessmentChange(fields: Fields, mask: string): AssessmentChange {
  const named = new Set(mask.split(',').map((path) => path.trim().replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`)));
  return {
    ...(named.has('assessment_name') ? { name: fields.requiredText('assessment_name') } : {}),
    ...(named.has('feedback') || named.has('expectation') ? saidOf(fields) : {}),
    ...(named.has('rationale') ? { rationale: fields.text('rationale') } : {}),
    ...(named.has('metadata') ? { metadata: Object.fromEntries(textMap(fields, 'metadata')) } : {}),
    ...(named.has('valid') ? { valid: fields.flag('valid', true) } : {}),
  };
}

type Said = Pick<AssessmentInput, 'kind' | 'value' | 'error'>;

function saidOf(fields: Fields): Said | undefined {
  const feedback = fields.object('feedback');
  if (feedback !== undefined) {
    const error = feedback.value('error') as Record<string, unknown> | undefined;
    return { kind: 'feedback', value: feedback.value('value') ?? null, error: error ?? null };
  }
  const expectation = fields.object('expectation');
  if (expectation !== undefined) {
    const value = expectation.object('serialized_value')?.text('value');
    if (value !== undefined) return { kind: 'expectation', value: jsonOf(value), error: null };
    return { kind: 'expectation', value: expectation.value('value') ?? null, error: null };
  }
  const issue = fields.value('issue');
  return issue === undefined ? undefined : { kind: 'issue', value: issue, error: null };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
