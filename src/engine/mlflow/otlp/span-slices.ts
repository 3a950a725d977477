// A whole export request, judged and cut into pieces small enough to be written one by one.
import { messageOf, SlipwayError } from '../../../base/errors';
import type { SpanInput } from '../../../lifecycle/traces/span';
import { jsonSpans } from './json-spans';
import { readProtobufSpans } from './protobuf-spans';
import { type RawSpan, spanInput } from './raw-span';

/** The body of a request, with nothing packed any more. */
export interface SpanBody {
  bytes: Uint8Array;
  isJson: boolean;
}

/** What one transaction writes takes a few milliseconds with either. */
const slice = { spans: 100, characters: 128 * 1024 };

/**
 * The spans of a body in order, in slices: each a JSON text, in UTF-8, a line for each, because bytes cross from a reader
 * thread for nothing. Throws `invalid` for a body that is no request, or has one span that is not sound.
 */
export function spanSlices(body: SpanBody): Uint8Array {
  const slices: string[] = [];
  let spans: string[] = [];
  let characters = 0;
  readSpans(body, (raw) => {
    const text = JSON.stringify(spanInput(raw));
    spans.push(text);
    characters += text.length;
    if (spans.length < slice.spans && characters < slice.characters) return;
    slices.push(`[${spans.join(',')}]`);
    spans = [];
    characters = 0;
  });
  if (spans.length > 0) slices.push(`[${spans.join(',')}]`);
  return Buffer.from(slices.join('\n'));
}

/** The texts of the slices, each decoded when it is its turn. */
export function* slicesIn(bytes: Uint8Array): Generator<string> {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start < lines.length; ) {
    const found = lines.indexOf(10, start);
    const end = found === -1 ? lines.length : found;
    yield lines.toString('utf8', start, end);
    start = end + 1;
  }
}

/** The spans of one slice. */
export function spansOfSlice(text: string): SpanInput[] {
  return JSON.parse(text) as SpanInput[];
}

function readSpans({ bytes, isJson }: SpanBody, take: (span: RawSpan) => void): void {
  if (isJson) {
    for (const span of jsonSpans(new TextDecoder().decode(bytes))) take(span);
    return;
  }
  try {
    readProtobufSpans(bytes, take);
  } catch (error) {
    if (SlipwayError.is(error)) throw error;
    throw new SlipwayError('invalid', `Invalid OpenTelemetry format: ${messageOf(error)}.`, { cause: error });
  }
}
