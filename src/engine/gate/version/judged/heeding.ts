// A reading that may be taken back.

/** The pieces of a source. Throws when it is taken back. */
export async function* heeding(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    signal.throwIfAborted();
    yield piece;
  }
}
