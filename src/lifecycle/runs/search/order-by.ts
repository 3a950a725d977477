// `metrics.loss DESC`: one order-by text to one sort key.
import { SlipwayError } from '../../../base/errors';
import type { SortKey } from './condition';
import { checkAttribute, splitIdentifier, wordFor } from './grammar/identifier';
import { tokenize } from './grammar/token';
import { runAttribute } from './run-filter';

const mostKeys = 50;
const runAttributes = new Set([
  'artifact_uri',
  'end_time',
  'run_id',
  'run_name',
  'start_time',
  'status',
  'user_id',
  'created',
  'Created',
]);

/** The name as written and its direction. Throws `invalid` for more than a name and ASC or DESC. */
export function splitOrderBy(text: string): { identifier: string; ascending: boolean } {
  const [name, direction, ...rest] = tokenize(text);
  if (name?.kind !== 'name' || rest.length > 0) {
    throw new SlipwayError('invalid', `Invalid order_by clause '${text}'. Could not be parsed.`);
  }
  const word = direction?.text.toLowerCase() ?? 'asc';
  if (word !== 'asc' && word !== 'desc') {
    throw new SlipwayError('invalid', `Invalid ordering key in order_by clause '${text}'.`);
  }
  return { identifier: name.text, ascending: word === 'asc' };
}

/** Sort keys over runs. Throws `invalid` for an unknown name or one named twice. */
export function parseRunOrder(texts: readonly string[]): SortKey[] {
  if (texts.length > mostKeys) {
    throw new SlipwayError('invalid', `\`order_by\` has ${texts.length} keys; at most ${mostKeys} are taken.`);
  }
  const seen = new Set<string>();
  return texts.map((text) => {
    const { identifier, ascending } = splitOrderBy(text);
    const { subject, key } = splitIdentifier(identifier);
    if (subject === 'dataset') {
      throw new SlipwayError('invalid', `Invalid identifier type '${wordFor(subject)}'`);
    }
    if (subject === 'attribute') checkAttribute(key, runAttributes);
    const sort: SortKey = { subject, key: subject === 'attribute' ? runAttribute(key) : key, ascending };
    const identity = `${sort.subject}.${sort.key}`;
    if (seen.has(identity)) {
      const list = texts.map((each) => `'${each}'`).join(', ');
      throw new SlipwayError('invalid', `\`order_by\` contains duplicate fields: [${list}]`);
    }
    seen.add(identity);
    return sort;
  });
}
