// Stands between a real client and MLflow's server, and asks Slipway everything as well: the client hears MLflow's
// answer, so that it goes on as it always does. One request at a time, so that both servers see the same order.
import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Correspondence } from './correspondence';
import { parsed } from './difference';
import { type Answer, ask, type Exchange, type Question } from './exchange';

/** The addresses of both, and epoch ms before either was started. */
interface Servers {
  mlflow: string;
  slipway: string;
  begun: number;
}

const passedOn = /^(content-type|content-encoding|accept|user-agent|x-mlflow-.+)$/;

/** `await using proxy = await LockstepProxy.start({ mlflow, slipway, begun })`; what it saw is in `exchanges`. */
export class LockstepProxy {
  readonly exchanges: Exchange[] = [];
  readonly known: Correspondence;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server: Server;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly servers: Servers) {
    this.known = new Correspondence(servers.begun);
    this.#server = createServer((incoming, outgoing) => {
      const read = question(incoming);
      this.#last = this.#last
        .then(async () => this.#exchange(await read, outgoing))
        .catch((error) => {
          outgoing.writeHead(502).end(String(error));
        });
    });
  }

  /** Listens on a free port of this machine. */
  static async start(servers: Servers): Promise<LockstepProxy> {
    const proxy = new LockstepProxy(servers);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** What a client takes as its tracking URI. */
  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #exchange(asked: Question, outgoing: ServerResponse): Promise<void> {
    const mlflow = await this.#ask('mlflow', asked);
    const slipway = await this.#ask('slipway', this.#translated(asked));
    this.known.learn(parsed(mlflow), parsed(slipway), { mlflow, slipway });
    this.exchanges.push({ number: this.exchanges.length + 1, question: asked, mlflow, slipway });
    reply(outgoing, mlflow);
  }

  async #ask(name: 'mlflow' | 'slipway', asked: Question): Promise<Answer> {
    try {
      return await ask(this.servers[name], asked, this.#agent);
    } catch (error) {
      throw new Error(`${name} gave no answer: ${error}`, { cause: error });
    }
  }

  #translated(asked: Question): Question {
    const body = Buffer.from(this.known.translate(asked.body.toString('latin1')), 'latin1');
    return { ...asked, path: this.known.translate(asked.path), body };
  }
}

async function question(incoming: IncomingMessage): Promise<Question> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    passedOn.test(name) ? [[name, String(value)]] : [],
  );
  const { method = 'GET', url = '/' } = incoming;
  return { method, path: url, headers: Object.fromEntries(headers), body: Buffer.concat(parts) };
}

function reply(outgoing: ServerResponse, { status, type, headers, body }: Answer): void {
  const said = Object.entries(headers).filter(([, value]) => value !== undefined);
  outgoing.writeHead(status, { ...Object.fromEntries(said), 'content-type': type, 'content-length': body.length });
  outgoing.end(body);
}
