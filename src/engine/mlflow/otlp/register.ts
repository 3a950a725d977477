// POST /v1/traces: spans by the OpenTelemetry protocol over HTTP, as protobuf or JSON, packed or not.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SlipwayError } from '../../../base/errors';
import type { TracesService } from '../../../lifecycle/traces/service';
import type { SpanPlace } from '../../../lifecycle/traces/span-intake';
import type { WriteQueue } from '../../../workspace/write-queue';
import type { LongReads } from '../routes/route';
import { errorAnswer } from '../wire/error-answer';
import { type SpanBody, slicesIn, spanSlices, spansOfSlice } from './span-slices';

/** What spans are taken in by. */
export interface OtlpParts {
  traces: TracesService;
  readers: LongReads;
  writes: WriteQueue;
}

/** A larger body is read on another thread. */
const short = 32 * 1024;
const largest = 32 * 1024 * 1024;
const unpack = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/** Mounts the route. What is acknowledged is kept whole; a request that is refused leaves nothing. */
export function registerOtlp(app: FastifyInstance, parts: OtlpParts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, _request, reply) => {
      const { status, body } = errorAnswer(error);
      return reply.code(status).send(body);
    });
    scope.post('/v1/traces', (request, reply) => take(request, reply, parts));
  });
}

async function take(request: FastifyRequest, reply: FastifyReply, parts: OtlpParts): Promise<FastifyReply> {
  const isJson = isJsonType(request.headers['content-type']);
  const place = placeOf(request);
  parts.traces.spans.check(place);
  const body = { bytes: await unpacked(request), isJson };
  for (const text of slicesIn(await slicesOf(body, parts.readers))) {
    const spans = spansOfSlice(text);
    const terms = { bytes: text.length, isWanted: () => !request.socket.destroyed };
    await parts.writes.run(() => parts.traces.spans.add(spans, place), terms);
    await nextTurn();
  }
  // An empty message is an empty body in the one form and an empty object in the other.
  return isJson
    ? reply.type('application/json').send('{}')
    : reply.type('application/x-protobuf').send(Buffer.alloc(0));
}

function isJsonType(given: string | undefined): boolean {
  const type = given?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/json' || type === 'application/x-protobuf') return type === 'application/json';
  throw new SlipwayError(
    'invalid',
    `Invalid Content-Type: ${given ?? 'none'}. Expected: application/x-protobuf or application/json`,
  );
}

function placeOf({ headers }: FastifyRequest): SpanPlace {
  const experimentId = headers['x-mlflow-experiment-id'];
  const runId = headers['x-mlflow-run-id'];
  if (typeof experimentId === 'string' && experimentId !== '') {
    return { experimentId, runId: typeof runId === 'string' && runId !== '' ? runId : null };
  }
  throw new SlipwayError('invalid', 'The header x-mlflow-experiment-id must name the experiment that the spans go to.');
}

async function unpacked({ body, headers }: FastifyRequest): Promise<Uint8Array> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return bytes;
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new SlipwayError('invalid', `Unsupported Content-Encoding: ${encoding}`);
  }
  try {
    return await unpack[encoding](bytes, { maxOutputLength: largest });
  } catch (error) {
    const isLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    if (isLarge) throw new SlipwayError('too-large', `The body is larger than ${largest} bytes once it is unpacked.`);
    throw new SlipwayError('invalid', `Failed to decompress ${encoding} payload`, { cause: error });
  }
}

async function slicesOf(body: SpanBody, readers: LongReads): Promise<Uint8Array> {
  const slices = body.bytes.length <= short ? spanSlices(body) : await readers.run('otlpSpans', body);
  if (slices.length > 0) return slices;
  throw new SlipwayError('invalid', 'Invalid OpenTelemetry format - no spans found');
}
