// Spans by the OpenTelemetry protocol: both forms, packed or not, what is refused and leaves nothing, what is large.
import { deflateSync, gzipSync } from 'node:zlib';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attribute, plainObject } from '../../src/lifecycle/traces/any-value';
import { type EngineProcess, startEngine } from './engine-process';
import { exportRequest, type LoggedSpan, logSpans, traceIdOf } from './logged-spans';

const start = 1_795_000_000_000;
type Json = Record<string, unknown>;

let engine: EngineProcess;
let lastTrace = 0;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

function newTrace(): number {
  lastTrace += 1;
  return lastTrace;
}

interface Sent {
  status: number;
  type: string | null;
  body: Json;
}

async function send(body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Sent> {
  const answer = await fetch(`${engine.url}/v1/traces`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${engine.token}`,
      'content-type': 'application/x-protobuf',
      'x-mlflow-experiment-id': '0',
      ...headers,
    },
    body: body as BodyInit,
  });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), body: text === '' ? {} : JSON.parse(text) };
}

function sendJson(body: unknown, headers: Record<string, string> = {}): Promise<Sent> {
  return send(JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

async function trace(id: number): Promise<{ status: number; info: Json; spans: Json[] }> {
  const query = `trace_id=${traceIdOf(id)}&allow_partial=true`;
  const { status, body } = await engine.json('GET', `/api/3.0/mlflow/traces/get?${query}`);
  const found = body.trace as { trace_info: Json; spans?: Json[] } | undefined;
  return { status, info: found?.trace_info ?? {}, spans: found?.spans ?? [] };
}

function countOf(table: string): number {
  const database = new BetterSqlite3(`${engine.workspace}/.slipway/slipway.db`, { readonly: true });
  try {
    return (database.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count;
  } finally {
    database.close();
  }
}

const message = (write: (writer: BinaryWriter) => void): Uint8Array => {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
};

interface WrittenSpan {
  traceId?: Uint8Array;
  spanId?: Uint8Array;
  value?: Uint8Array;
}

/** A request with one span in protobuf: an attribute of every type, an event and a status. */
function protobufRequest({ traceId, spanId, value }: WrittenSpan): Uint8Array {
  const part = (writer: BinaryWriter, number: number, bytes: Uint8Array): BinaryWriter =>
    writer.tag(number, WireType.LengthDelimited).bytes(bytes);
  const attribute = (key: string, of: Uint8Array) =>
    message((writer) => part(writer.tag(1, WireType.LengthDelimited).string(key), 2, of));
  const values: [string, Uint8Array][] = [
    ['text', message((w) => w.tag(1, WireType.LengthDelimited).string('größe'))],
    ['flag', message((w) => w.tag(2, WireType.Varint).bool(true))],
    ['large', message((w) => w.tag(3, WireType.Varint).int64(2n ** 60n))],
    ['whole', message((w) => w.tag(4, WireType.Bit64).double(1))],
    ['none', message((w) => w.tag(4, WireType.Bit64).double(Number.NaN))],
    ['bytes', message((w) => part(w, 7, Uint8Array.of(1, 2)))],
    ...(value === undefined ? [] : [['given', value] as [string, Uint8Array]]),
  ];
  const span = message((writer) => {
    if (traceId !== undefined) part(writer, 1, traceId);
    if (spanId !== undefined) part(writer, 2, spanId);
    writer.tag(5, WireType.LengthDelimited).string('one').tag(6, WireType.Varint).int32(3);
    writer.tag(7, WireType.Bit64).fixed64(BigInt(start) * 1_000_000n + 123n);
    writer.tag(8, WireType.Bit64).fixed64(BigInt(start) * 1_000_000n + 5_000_456n);
    for (const [key, each] of values) part(writer, 9, attribute(key, each));
    part(
      writer,
      15,
      message((w) => w.tag(2, WireType.LengthDelimited).string('why').tag(3, WireType.Varint).int32(2)),
    );
    // A field of a later version of the protocol.
    writer.tag(99, WireType.LengthDelimited).string('unknown');
  });
  return message((w) =>
    part(
      w,
      1,
      message((x) =>
        part(
          x,
          2,
          message((y) => part(y, 2, span)),
        ),
      ),
    ),
  );
}

const sixteen = (id: number): Uint8Array => Buffer.from(id.toString(16).padStart(32, '0'), 'hex');
const eight = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1);

/** The attributes of a span as its client reads them, as plain JSON. */
function attributesOf(span: Json | undefined): Json {
  return plainObject((span?.attributes ?? []) as Attribute[]);
}

function chain(id: number, length: number): LoggedSpan[] {
  return Array.from({ length }, (_, index) => ({
    trace: id,
    id: index + 1,
    ...(index === 0 ? {} : { parent: 1 }),
    name: `span ${index}`,
    from: index / 10,
    to: index / 10 + 1,
    attributes: { text: 'x'.repeat(100), index },
  }));
}

describe('spans in protobuf', () => {
  it('are kept with every type of value, to the nanosecond', async () => {
    const id = newTrace();
    expect(await send(protobufRequest({ traceId: sixteen(id), spanId: eight }))).toEqual({
      status: 200,
      type: 'application/x-protobuf',
      body: {},
    });
    const { info, spans } = await trace(id);
    expect(info).toMatchObject({ state: 'ERROR', execution_duration: '0.005s' });
    expect(spans).toEqual([
      expect.objectContaining({
        name: 'one',
        kind: 'SPAN_KIND_CLIENT',
        start_time_unix_nano: `${start}000123`,
        end_time_unix_nano: `${start + 5}000456`,
        status: { code: 'STATUS_CODE_ERROR', message: 'why' },
        attributes: [
          { key: 'text', value: { string_value: 'größe' } },
          { key: 'flag', value: { bool_value: true } },
          { key: 'large', value: { int_value: '1152921504606846976' } },
          { key: 'whole', value: { double_value: 1 } },
          { key: 'none', value: { double_value: 'NaN' } },
          { key: 'bytes', value: { bytes_value: 'AQI=' } },
        ],
      }),
    ]);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ])('are taken packed as %s', async (encoding, pack) => {
    const id = newTrace();
    const body = pack(protobufRequest({ traceId: sixteen(id), spanId: eight }));
    expect((await send(body, { 'content-encoding': encoding })).status).toBe(200);
    expect((await trace(id)).spans).toHaveLength(1);
  });

  const whole = protobufRequest({ traceId: sixteen(0xabc), spanId: eight });
  it.each([
    ['without a trace id', { spanId: eight }],
    ['without a span id', { traceId: sixteen(1) }],
    ['with a short id', { traceId: Uint8Array.of(1, 2), spanId: eight }],
    ['with an id of nothing but zeros', { traceId: new Uint8Array(16), spanId: eight }],
  ])('a span %s is refused, and nothing is kept', async (_name, span) => {
    const before = [countOf('traces'), countOf('spans')];
    const { status, body } = await send(protobufRequest(span));
    expect([status, body.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.message).toMatch(/^A span has no valid (trace|span) id: (16|8) bytes are needed, found /);
    expect([countOf('traces'), countOf('spans')]).toEqual(before);
  });

  it('is refused at whatever byte it is cut, and at values nested without end', async () => {
    const before = countOf('spans');
    const cut = Array.from({ length: whole.length - 1 }, (_, index) => index + 1);
    for (const length of cut.filter((each) => each % 7 === 0)) {
      expect((await send(whole.slice(0, length))).status).toBe(400);
    }
    let value = message((w) => w.tag(1, WireType.LengthDelimited).string('end'));
    for (let depth = 0; depth < 2000; depth += 1) {
      const inner = message((w) => w.tag(1, WireType.LengthDelimited).bytes(value));
      value = message((w) => w.tag(5, WireType.LengthDelimited).bytes(inner));
    }
    const { status, body } = await send(protobufRequest({ traceId: sixteen(0xabd), spanId: eight, value }));
    expect([status, body.message]).toEqual([400, expect.stringContaining('nested more than 100 deep')]);
    expect(countOf('spans')).toBe(before);
  });
});

describe('a request', () => {
  it('of very many spans is refused at the first that is wrong: what comes behind it is not even read', async () => {
    const empty = [0x12, 0x00];
    const endless = [0x12, 0x7f];
    const inside = (tag: number, bytes: number[]): number[] => [tag, bytes.length, ...bytes];
    const answer = await send(Uint8Array.from(inside(0x0a, inside(0x12, [...empty, ...endless]))));
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('no valid trace id') } });
  });

  const one = (): Json => exportRequest(chain(newTrace(), 1), start);

  it('says in its headers what it is and where it goes', async () => {
    const said = async (headers: Record<string, string>): Promise<unknown[]> => {
      const { status, body } = await sendJson(one(), headers);
      return [status, body.error_code, body.message];
    };
    expect(await said({ 'content-type': 'text/plain' })).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      'Invalid Content-Type: text/plain. Expected: application/x-protobuf or application/json',
    ]);
    expect(await said({ 'x-mlflow-experiment-id': '' })).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      expect.stringContaining('x-mlflow-experiment-id'),
    ]);
    expect(await said({ 'x-mlflow-experiment-id': '77' })).toEqual([
      404,
      'RESOURCE_DOES_NOT_EXIST',
      'No Experiment with id=77 exists',
    ]);
    expect(await said({ 'content-encoding': 'br' })).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      'Unsupported Content-Encoding: br',
    ]);
    expect((await said({ 'content-encoding': 'gzip' }))[2]).toBe('Failed to decompress gzip payload');
  });

  it('that would be huge once it is unpacked is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect((await send(bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no spans', '{}'],
    ['spans that are no list', '{"resourceSpans":[{"scopeSpans":[{"spans":7}]}]}'],
    ['a span that is null', '{"resourceSpans":[{"scopeSpans":[{"spans":[null]}]}]}'],
  ])('that is %s is refused', async (_name, text) => {
    const { status, body } = await send(text, { 'content-type': 'application/json' });
    expect([status, body.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.message).toMatch(/^Invalid OpenTelemetry format/);
  });

  it('is kept as a whole or not at all: one bad span among good ones', async () => {
    const id = newTrace();
    const request = exportRequest(chain(id, 600), start);
    const [resource] = request.resourceSpans as [{ scopeSpans: [{ spans: Json[] }] }];
    const { spans } = resource.scopeSpans[0];
    spans[599] = { ...spans[599], spanId: 'zz' };
    const before = countOf('spans');
    expect((await sendJson(request)).status).toBe(400);
    expect(countOf('spans')).toBe(before);
    expect((await trace(id)).status).toBe(404);
  });
});

describe('spans of a trace', () => {
  it('come in any order, twice, and before the root; parents that are each other’s are kept', async () => {
    const id = newTrace();
    const [root, child] = chain(id, 2);
    const other = { trace: id, id: 8, parent: 9, name: 'eight', from: 2, to: 3 };
    const last = { trace: id, id: 9, parent: 8, name: 'nine', from: 2, to: null };
    expect((await sendJson(exportRequest([child as LoggedSpan, other, last], start))).status).toBe(200);
    expect((await trace(id)).info).toMatchObject({ state: 'IN_PROGRESS' });
    expect((await sendJson(exportRequest([root as LoggedSpan, child as LoggedSpan], start))).status).toBe(200);
    const { info, spans } = await trace(id);
    expect(info).toMatchObject({ state: 'OK', request_time: new Date(start).toISOString().replace('.000Z', 'Z') });
    expect(spans.map(({ name }) => name)).toEqual(['span 0', 'span 1', 'eight', 'nine']);
  });

  it('belong to the run that the request names, also once it is deleted', async () => {
    const { body } = await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0', start_time: 1 });
    const { run_id: runId } = (body.run as { info: { run_id: string } }).info;
    const id = newTrace();
    expect(await logSpans(engine, { experimentId: '0', runId }, exportRequest(chain(id, 3), start))).toBe(200);
    const search = { locations: [{ mlflow_experiment: { experiment_id: '0' } }], filter: `run_id = '${runId}'` };
    const found = await engine.json('POST', '/api/3.0/mlflow/traces/search', search);
    expect((found.body.traces as Json[]).map(({ trace_id }) => trace_id)).toEqual([traceIdOf(id)]);
    // Deleting the run leaves its traces, as it leaves everything else that came from it.
    await engine.json('POST', '/api/2.0/mlflow/runs/delete', { run_id: runId });
    expect((await trace(id)).status).toBe(200);
  });

  it('were found by words of the protocol that their text never had', async () => {
    const { body } = await engine.json('POST', '/api/2.0/mlflow/experiments/create', { name: 'searched texts' });
    const experimentId = String(body.experiment_id);
    const ids = [newTrace(), newTrace()];
    const texts = ['value1', 'he said: "key":'];
    for (const [index, id] of ids.entries()) {
      const span: LoggedSpan = {
        trace: id,
        id: 1,
        name: 'a',
        from: 0,
        to: 1,
        attributes: { test: texts[index], n: 7 },
      };
      expect(await logSpans(engine, { experimentId }, exportRequest([span], start))).toBe(200);
    }
    const [first, second] = ids.map(traceIdOf);
    const found = async (like: string): Promise<unknown> => {
      const locations = [{ mlflow_experiment: { experiment_id: experimentId } }];
      const search = { locations, filter: `trace.text LIKE '%${like}%'` };
      const answer = await engine.json('POST', '/api/3.0/mlflow/traces/search', search);
      return ((answer.body.traces ?? []) as Json[]).map(({ trace_id }) => trace_id).sort();
    };
    expect(await found('value')).toEqual([first]);
    expect(await found('string_value')).toEqual([]);
    expect(await found('key')).toEqual([second]);
    expect(await found('test')).toEqual([first, second]);
  });

  it('with an expectation that is an object: it came back in a form that MLflow does not read', async () => {
    const id = newTrace();
    expect((await sendJson(exportRequest(chain(id, 1), start))).status).toBe(200);
    const path = `/api/3.0/mlflow/traces/${traceIdOf(id)}/assessments`;
    const expected = async (expectation: Json): Promise<unknown> => {
      const { body } = await engine.json('POST', path, { assessment: { assessment_name: 'wanted', expectation } });
      const made = body.assessment as { assessment_id: string; expectation: unknown };
      const kept = await engine.json('GET', `${path}/${made.assessment_id}`);
      expect((kept.body.assessment as Json).expectation).toEqual(made.expectation);
      return made.expectation;
    };
    const asText = (value: string): Json => ({ serialized_value: { serialization_format: 'JSON_FORMAT', value } });
    expect(await expected({ value: { limit: 1000, passed: true } })).toEqual(asText('{"limit":1000,"passed":true}'));
    expect(await expected({ value: ['a', 1] })).toEqual(asText('["a",1]'));
    expect(await expected(asText('{"limit": 1}'))).toEqual(asText('{"limit":1}'));
    expect(await expected(asText('"text"'))).toEqual({ value: 'text' });
    expect(await expected({ value: 'text' })).toEqual({ value: 'text' });
    const source = { source_type: 'UNHEARD', source_id: 'ada' };
    const assessment = { assessment_name: 'good', feedback: { value: 1 }, source };
    const { body } = await engine.json('POST', path, { assessment });
    // No client reads an answer with a type that it does not know.
    expect((body.assessment as Json).source).toEqual({ source_type: 'SOURCE_TYPE_UNSPECIFIED', source_id: 'ada' });
  });

  it.each([
    {
      of: 'OpenTelemetry',
      said: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.input.messages': '[{"role": "user", "content": "JFK?"}]',
        'gen_ai.output.messages': 'two runways',
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.usage.output_tokens': 3,
      },
      type: 'CHAT_MODEL',
      inputs: [{ role: 'user', content: 'JFK?' }],
      outputs: 'two runways',
      usage: { input_tokens: 12, output_tokens: 3, total_tokens: 15 },
    },
    {
      of: 'OpenInference',
      said: {
        'openinference.span.kind': 'RETRIEVER',
        'input.value': 'JFK?',
        'output.value': '{"documents": 2}',
        'llm.token_count.prompt': 5,
        'llm.token_count.completion': 0,
        'llm.token_count.total': 6,
      },
      type: 'RETRIEVER',
      inputs: 'JFK?',
      outputs: { documents: 2 },
      usage: { input_tokens: 5, output_tokens: 0, total_tokens: 6 },
    },
    {
      of: 'Traceloop',
      said: {
        'traceloop.span.kind': 'workflow',
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': 'JFK?',
        'gen_ai.completion.0.content': '{"half',
        'gen_ai.usage.prompt_tokens': 'many',
      },
      type: 'WORKFLOW',
      inputs: [{ role: 'user', content: 'JFK?' }],
      outputs: [{ content: '{"half' }],
      usage: undefined,
    },
  ])('by the conventions of $of have type, inputs, outputs and tokens in MLflow’s words, too', async (expected) => {
    const id = newTrace();
    const span = { trace: id, id: 1, name: 'call', from: 0, to: 5, attributes: expected.said };
    await logSpans(engine, { experimentId: '0' }, exportRequest([span], start));
    const { info, spans } = await trace(id);
    const told = attributesOf(spans[0]);
    expect(told).toMatchObject(expected.said);
    expect([told['mlflow.spanType'], told['mlflow.spanInputs'], told['mlflow.spanOutputs']]).toEqual([
      expected.type,
      expected.inputs,
      expected.outputs,
    ]);
    expect(told['mlflow.chat.tokenUsage']).toEqual(expected.usage);
    expect(info.request_preview).toContain('JFK?');
  });

  it('that say their own type and inputs keep them', async () => {
    const id = newTrace();
    const own = { 'mlflow.spanType': 'TOOL', 'mlflow.spanInputs': 'mine' };
    const attributes = {
      ...own,
      'openinference.span.kind': 'LLM',
      'input.value': 'theirs',
      'gen_ai.prompt.x.content': 'no',
    };
    await logSpans(
      engine,
      { experimentId: '0' },
      exportRequest([{ trace: id, id: 1, name: 'call', from: 0, to: 5, attributes }], start),
    );
    expect(attributesOf((await trace(id)).spans[0])).toEqual(attributes);
  });

  it('may be 100,000 in one request, and the engine answers others meanwhile', async () => {
    const id = newTrace();
    const plain = chain(id, 100_000).map(({ attributes, ...span }) => span);
    const body = JSON.stringify(exportRequest(plain, start));
    const sent = send(gzipSync(body, { level: 1 }), { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    let isDone = false;
    void sent.finally(() => {
      isDone = true;
    });
    let answered = 0;
    while (!isDone) {
      expect((await engine.json('GET', '/api/2.0/mlflow/experiments/get?experiment_id=0')).status).toBe(200);
      answered += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await sent).toMatchObject({ status: 200, body: {} });
    expect(countOf(`spans WHERE trace = (SELECT trace FROM traces WHERE trace_id = '${traceIdOf(id)}')`)).toBe(100_000);
    expect(answered).toBeGreaterThan(5);
  }, 60_000);
});
