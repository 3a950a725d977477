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
  alias stage stages description run_link archive_existing_versions allow_deleted input __proto__ constructor toString`.split(
    /\s+/,
  );

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

/** Requests to one route. `known` are ids of things that are there, so that some requests get past the first check. */
export function hostileRequests(target: HostileTarget, known: readonly string[]): fc.Arbitrary<HostileRequest> {
  const someone = fc.constantFrom(...known);
  const { fields } = fc.letrec<{ value: unknown; fields: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: someone },
      { weight: 4, arbitrary: text },
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
  const body = fc.oneof(
    { weight: 5, arbitrary: fields.map((value) => JSON.stringify(value)) },
    { weight: 5, arbitrary: fields.map((value) => JSON.stringify({ ...plausible(known), ...value })) },
    { weight: 2, arbitrary: fc.constantFrom(...hostileBodies) },
  );
  const contentType = fc.oneof(
    { weight: 8, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom(undefined, 'text/plain', 'application/json; charset=x', 'a', ';;', '*/*') },
  );
  return fc.record({
    method: fc.oneof({ weight: 12, arbitrary: fc.constant(target.method) }, { weight: 1, arbitrary: otherMethod }),
    path: fc.tuple(pathOf(target.path, someone), queryOf(someone)).map(([path, query]) => path + query),
    body: target.method === 'GET' ? fc.constant(undefined) : body,
    contentType,
  });
}

const otherMethod = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');

/** What most routes would take: hostile fields are laid over it. */
function plausible([run]: readonly string[]): Record<string, unknown> {
  const point = { key: 'm', value: 1, timestamp: 1, step: 1 };
  return {
    ...{
      run_id: run,
      ...point,
      experiment_id: '0',
      experiment_ids: ['0'],
      name: 'n',
      status: 'FINISHED',
      version: '1',
    },
    ...{ metrics: [point], metric_key: 'm', source: `runs:/${run}/m`, alias: 'a', stage: 'Staging' },
  };
}

function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed().slice(0, 6000));
}

function pathOf(path: string, someone: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const raw = fc.constantFrom(
    '%',
    '%ff',
    '%00',
    '..',
    '%2e%2e',
    '%2F',
    '%252e%252e%252f',
    '%c0%ae',
    '%u0041',
    '%5c',
    '~',
  );
  const part = fc.oneof(someone, text.map(encoded), raw);
  const parts = path.split('/').map((each) => {
    if (each === '*') return fc.array(part, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'));
    return each.startsWith(':') ? part : fc.constant(each);
  });
  return fc.tuple(...parts).map((all) => all.join('/'));
}

function queryOf(someone: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const value = fc.oneof(someone, text.map(encoded), fc.constantFrom('0', '1', 'm', '%', '%ff', '%zz', '+', ''));
  const pair = fc.tuple(fc.constantFrom(...fieldNames, 'run_id[]', 'run_id[a]', '%00', ''), value);
  const pairs = fc
    .array(pair, { maxLength: 6 })
    .map((all) => `?${all.map(([name, each]) => `${name}=${each}`).join('&')}`);
  return fc.oneof(
    { weight: 6, arbitrary: pairs },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '?',
        '?&&&',
        '?=',
        '?%',
        `?${'a=b&'.repeat(2000)}`,
        `?${'run_ids=a&'.repeat(150)}`,
      ),
    },
  );
}
