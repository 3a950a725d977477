// Node has no EventSource; this reads the engine's one event route with fetch and comes back after a loss.
import type { Disposable } from '../base/disposable';
import { type EngineEvent, engineEvent, eventsRoute } from '../protocol/event';
import type { EngineClient } from './engine-client';
import { loopbackFetch } from './loopback-fetch';

/** What a listener is told. `lost` comes once per loss, `hello` each time the stream is (again) up. */
export interface EventListener {
  event: (event: EngineEvent) => void;
  lost: () => void;
}

/** The engine says something at least every 15 s; a stream silent for longer than this is dead. */
const silenceLimit = 40_000;
const backoff = [100, 250, 500, 1000, 2000];

/** Listens until disposed of. While it listens, the engine counts its window and stays. */
export function listenForEvents(client: EngineClient, listener: EventListener): Disposable {
  const abort = new AbortController();
  void follow(client, listener, abort.signal);
  return { dispose: () => abort.abort() };
}

async function follow(client: EngineClient, listener: EventListener, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await readOnce(client, signal, (event) => {
        failures = 0;
        listener.event(event);
      });
    } catch {
      // A refused or broken connection: told below, tried again after a pause.
    }
    if (signal.aborted) return;
    listener.lost();
    await pause(backoff[Math.min(failures, backoff.length - 1)] ?? 2000, signal);
  }
}

async function readOnce(client: EngineClient, signal: AbortSignal, tell: (event: EngineEvent) => void): Promise<void> {
  using silence = new Silence(silenceLimit);
  const response = await loopbackFetch(`${client.address.url}${eventsRoute}?client=window`, {
    headers: client.headers,
    signal: AbortSignal.any([signal, silence.signal]),
  });
  if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of response.body) {
    silence.broken();
    pending += decoder.decode(chunk, { stream: true });
    const blocks = pending.split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.startsWith('data: ') ? block.slice('data: '.length) : undefined;
      if (data === undefined) continue;
      const parsed = engineEvent.safeParse(JSON.parse(data));
      if (parsed.success) tell(parsed.data);
    }
  }
}

/** Aborts when nothing was heard for a while. */
class Silence {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => this.#abort.abort(), milliseconds).unref();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Something was heard: the time starts anew. */
  broken(): void {
    this.#timer.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
