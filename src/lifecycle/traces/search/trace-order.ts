// The order of traces: as asked, then the newest first.
import { SlipwayError } from '../../../base/errors';
import type { SearchGrammar } from '../../../workspace/search-grammar';
import type { TraceSort } from './trace-condition';
import { traceName } from './trace-name';

const mostKeys = 50;

/** Sort keys over traces. Throws `invalid` for an unknown name or one named twice. */
export function traceOrder(texts: readonly string[], grammar: SearchGrammar): TraceSort[] {
  if (texts.length > mostKeys) {
    throw new SlipwayError('invalid', `\`order_by\` has ${texts.length} keys; at most ${mostKeys} are taken.`);
  }
  const sorts = texts.map((text): TraceSort => {
    const { identifier, ascending } = grammar.order(text);
    const { subject, key } = traceName(identifier);
    if (subject === 'attribute' || subject === 'tag' || subject === 'metadata') return { subject, key, ascending };
    throw new SlipwayError('invalid', `Invalid identifier type '${subject}'`);
  });
  const names = new Set(sorts.map(({ subject, key }) => `${subject}.${key}`));
  if (names.size < sorts.length) {
    const list = texts.map((each) => `'${each}'`).join(', ');
    throw new SlipwayError('invalid', `\`order_by\` contains duplicate fields: [${list}]`);
  }
  const last: TraceSort[] = [
    { subject: 'attribute', key: 'request_time', ascending: false },
    { subject: 'attribute', key: 'trace_id', ascending: true },
  ];
  return [...sorts, ...last.filter(({ subject, key }) => !names.has(`${subject}.${key}`))];
}
