// Requests as no client of good will would send them, for every kind of route. Generated, and the same for one seed.
import fc from 'fast-check';

/** What is sent, byte for byte; `contentType` undefined sends none. */
export interface HostileRequest {
  method: string;
  path: string;
  body: string | Buffer | undefined;
  contentType: string | undefined;
}

/** A route as it is mounted: `:name` stands for one part of the path and `*` for all the rest. */
export interface HostileTarget {
  method: string;
  path: string;
}

const fieldNames =
  `run_id run_uuid runId experiment_id experiment_ids experiment_name name new_name key value timestamp step metrics params tags
  datasets dataset models model_id model_json status end_time start_time run_name user_id filter order_by max_results page_token
  view_type run_view_type metric_key run_ids start_step end_step digest source source_type schema profile artifact_location
  model_type source_run_id dataset_name dataset_digest field_name ascending path artifact_directory_path artifact_file_path version
  alias stage stages description run_link archive_existing_versions allow_deleted input runIds limit page sort keys width range
  key_prefix from to hard change __proto__ constructor toString`.split(/\s+/);

const hostileTexts = [
  ...['', ' ', '0', '-1', '1.5', 'null', 'NaN', 'Infinity', '1e999', '9007199254740993', '9223372036854775808', '1'],
  ...['\0', 'a\0b', '../../etc/passwd', '..\\..', '%2e%2e%2f', '%', '%00', '/', '//', '.', '..', 'C:\\x', '#', '?'],
  ...[
    "'",
    "';--",
    '`',
    '"',
    '\\',
    '\ud800',
    '\udc00\ud800',
    '\u{1f600}',
    'e\u0301',
    '\u202e',
    '\ufeff',
    '\r\n',
    '\u2028',
  ],
  ...['metrics.a > 1', 'params.`', "tags.'a' = 'b' AND", "attributes.x LIKE '%", 'metrics.a DESC', 'metrics.a NULLS'],
  ...[`${'('.repeat(20_000)}`, `${'NOT '.repeat(5000)}a`, `metrics.a > 1${' AND metrics.a > 1'.repeat(3000)}`],
  ...['eyJvZmZzZXQiOiAtMX0=', 'bm90IGpzb24=', 'W10=', 'm-00000000000000000000000000000000', 'file:///etc/passwd'],
  ...[
    'a'.repeat(300),
    'a'.repeat(70_000),
    '/'.repeat(3000),
    'models:/a/1',
    'runs:/a/b',
    'READY',
    'RUNNING',
    'Production',
  ],
];

const deep = 50_000;
const hostileBodies: readonly (string | Buffer)[] = [
  ...[
    '',
    ' ',
    '{',
    '[]',
    '[{}]',
    'null',
    '5',
    'true',
    '"',
    '"x"',
    '"{}"',
    '"{\\"run_id\\":1}"',
    'NaN',
    '{"run_id":NaN}',
    '\0',
  ],
  ...['{"run_id":"a","run_id":"b"}', '{"run_id":"a","runId":"b"}', '{"__proto__":{"run_id":"a"}}', '{"value":1e999}'],
  ...['['.repeat(deep), '{"a":'.repeat(deep), `{"run_id":${'['.repeat(deep)}${']'.repeat(deep)}}`],
  `{"metrics":${'[{"tags":'.repeat(deep)}1${'}]'.repeat(deep)}}`,
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
];

const text = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 24 }));
const number = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, -1e308, 5e-324),
  fc.double(),
  fc.integer(),
);

/** Fields most routes can work with, and what stands for the named parts of a path. */
export interface PlausibleRequest {
  fields: Readonly<Record<string, unknown>>;
  parts: Readonly<Record<string, string>>;
}

/** Requests to one route: a plausible one with a few fields spoilt, one of hostile fields alone, or no sense at all. */
export function hostileRequests(target: HostileTarget, plausible: PlausibleRequest): fc.Arbitrary<HostileRequest> {
  const { value, fields } = hostileFields(plausible);
  const likely = fc.constantFrom(...Object.keys(plausible.fields));
  const name = fc.oneof({ weight: 3, arbitrary: likely }, { weight: 1, arbitrary: fc.constantFrom(...fieldNames) });
  const spoilt = fc
    .array(fc.tuple(name, value), { maxLength: 3 })
    .map((changes): Record<string, unknown> => ({ ...plausible.fields, ...Object.fromEntries(changes) }));
  const sent = fc.oneof({ weight: 3, arbitrary: spoilt }, { weight: 1, arbitrary: fields });
  const text = sent.map((each) => JSON.stringify(each));
  const body = fc.oneof({ weight: 8, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(...hostileBodies) });
  const query = fc.oneof(
    { weight: 4, arbitrary: sent.map(queryText) },
    { weight: 3, arbitrary: text.map((input) => `?input=${encoded(input)}`) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileQueries) },
  );
  const reads = target.method === 'GET';
  return fc.record({
    method: fc.oneof({ weight: 20, arbitrary: fc.constant(target.method) }, { weight: 1, arbitrary: otherMethod }),
    path: fc.tuple(pathOf(target.path, plausible), reads ? query : fc.constant('')).map((parts) => parts.join('')),
    body: reads ? fc.constant(undefined) : body,
    contentType: fc.oneof(
      { weight: 20, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: otherType },
    ),
  });
}

function hostileFields({ fields: known }: PlausibleRequest): {
  value: fc.Arbitrary<unknown>;
  fields: fc.Arbitrary<Record<string, unknown>>;
} {
  return fc.letrec<{ value: unknown; fields: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: text },
      { weight: 3, arbitrary: fc.constantFrom(...Object.values(known)) },
      { weight: 2, arbitrary: number },
      { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
      { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
      { weight: 2, arbitrary: fc.array(tie('fields'), { maxLength: 3 }) },
      { weight: 1, arbitrary: tie('fields') },
    ),
    fields: fc
      .array(fc.tuple(fc.constantFrom(...fieldNames), tie('value')), { maxLength: 8 })
      .map((entries) => Object.fromEntries(entries)),
  }));
}

const otherMethod = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
const otherType = fc.constantFrom(undefined, 'text/plain', 'application/json; charset=x', 'a', ';;', '*/*');

function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed().slice(0, 6000));
}

/** The fields as a query: lists as repeated names, anything deeper as JSON. */
function queryText(fields: Record<string, unknown>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each) => {
      const shown = typeof each === 'string' ? each : (JSON.stringify(each) ?? '');
      return `${encoded(name)}=${encoded(shown)}`;
    }),
  );
  return `?${pairs.join('&').slice(0, 40_000)}`;
}

const hostileQueries: readonly string[] = [
  ...[
    '',
    '?',
    '?&&&',
    '?=',
    '?%',
    '?%00=%00',
    '?run_id=%ff',
    '?run_id=%zz',
    '?run_id[]=a',
    '?run_id[a]=b',
    '?input=',
    '?input={',
  ],
  ...[`?${'a=b&'.repeat(2000)}`, `?${'run_ids=a&'.repeat(150)}metric_key=m`, `?${'run_id=a&'.repeat(150)}metric_key=m`],
];
const hostileParts: readonly string[] = [
  ...['', '%', '%ff', '%00', '..', '%2e%2e', '%2F', '%252e%252e%252f', '%c0%ae', '%u0041', '%5c', '~', '*', ':', '.'],
];

function pathOf(path: string, { parts }: PlausibleRequest): fc.Arbitrary<string> {
  const wrong = fc.oneof(text.map(encoded), fc.constantFrom(...hostileParts));
  const steps = path.split('/').map((step) => {
    const right = parts[step];
    if (right === undefined) return fc.constant(step);
    const several = fc.array(wrong, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'));
    const other =
      step === '*'
        ? fc.oneof(
            several,
            wrong.map((each) => `${right}/${each}`),
          )
        : wrong;
    return fc.oneof({ weight: 2, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: other });
  });
  return fc.tuple(...steps).map((all) => all.join('/'));
}
