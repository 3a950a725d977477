// `metrics.acc`, `tag."a b"`, `start_time`: which kind of thing is meant, and its key.
import { SlipwayError } from '../../../../base/errors';
import type { ConditionSubject } from '../condition';

const subjects: Readonly<Record<string, ConditionSubject>> = {
  metric: 'metric',
  metrics: 'metric',
  parameter: 'param',
  parameters: 'param',
  param: 'param',
  params: 'param',
  tag: 'tag',
  tags: 'tag',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  dataset: 'dataset',
  datasets: 'dataset',
};

/** `param` as the error messages of the MLflow API name it. */
export function wordFor(subject: ConditionSubject): string {
  return subject === 'param' ? 'parameter' : subject;
}

function unquote(text: string, quotes: string): string {
  const quote = text.charAt(0);
  return text.length > 1 && quotes.includes(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** The two halves of an identifier as written. Throws `invalid` for a first half that means nothing. */
export function splitIdentifier(written: string): { subject: ConditionSubject; key: string } {
  const dot = written.indexOf('.');
  if (dot < 0) return { subject: 'attribute', key: unquote(unquote(written, `"'`), '`') };
  const entity = unquote(written.slice(0, dot), '`');
  const subject = Object.hasOwn(subjects, entity) ? subjects[entity] : undefined;
  if (subject === undefined) {
    throw new SlipwayError(
      'invalid',
      `Invalid entity type '${entity}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
    );
  }
  return { subject, key: unquote(unquote(written.slice(dot + 1), `"'`), '`') };
}

/** Throws `invalid` unless the attribute is one of `valid`. */
export function checkAttribute(key: string, valid: ReadonlySet<string>): void {
  if (valid.has(key)) return;
  const list = [...valid].map((each) => `'${each}'`).join(', ');
  throw new SlipwayError('invalid', `Invalid attribute key '${key}' specified. Valid keys are '{${list}}'`);
}
