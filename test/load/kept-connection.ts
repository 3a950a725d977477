// One client with one connection that is kept alive, as a training script has it.
import { Agent, request } from 'node:http';

/** Asks one server, one thing after the other. */
export class KeptConnection implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: URL;
  readonly #headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string>) {
    this.#url = new URL(url);
    this.#headers = headers;
  }

  /** Milliseconds until the whole answer was there, and the answer. Throws for any status but 200. */
  ask(method: string, path: string, body?: unknown): Promise<{ took: number; text: string }> {
    const data = body === undefined ? undefined : JSON.stringify(body);
    const headers = data === undefined ? this.#headers : { ...this.#headers, 'content-type': 'application/json' };
    const { hostname, port } = this.#url;
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const asked = request({ hostname, port, path, method, headers, agent: this.#agent }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.once('error', reject);
        answer.once('end', () => {
          const took = performance.now() - began;
          const text = Buffer.concat(pieces).toString('utf8');
          if (answer.statusCode === 200) resolve({ took, text });
          else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 300)}`));
        });
      });
      asked.once('error', reject);
      asked.end(data);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** The value that `share` (0 to 1) of the values are not above; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
