// One HTTP request to this machine and its whole answer, over a bare socket: the HTTP client takes longer to load and
// to set up than the engine takes to answer.
import { connect } from 'node:net';

/** What to send. `url` is of the server alone; `timeout` in milliseconds covers everything. */
export interface LoopbackRequest {
  url: string;
  method: 'GET' | 'POST';
  path: string;
  /** Left out where none is asked for. */
  token?: string;
  body?: string;
  timeout: number;
  /** Called when the request has left; the answer is yet to come. */
  onSent?: () => void;
}

/** The body of a 200 answer; undefined for every other one, for none, and for one that does not come in time. */
export function loopbackRequest(request: LoopbackRequest): Promise<string | undefined> {
  const place = /^http:\/\/([^:/]+):(\d+)/.exec(request.url);
  const [, host, port] = place ?? [];
  if (host === undefined || port === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const socket = connect({ host, port: Number(port) });
    const settle = (answer: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(settle, request.timeout, undefined);
    socket.on('data', (piece) => pieces.push(piece));
    socket.once('end', () => settle(bodyOf(Buffer.concat(pieces).toString('utf8'))));
    socket.once('error', () => settle(undefined));
    socket.once('close', () => settle(undefined));
    socket.write(textOf(request, `${host}:${port}`), (error) => {
      if (!error) request.onSent?.();
    });
  });
}

/** HTTP/1.0: the answer comes in one piece and ends with the connection. */
function textOf({ method, path, token, body = '' }: LoopbackRequest, host: string): string {
  const lines = [
    `${method} ${path} HTTP/1.0`,
    `Host: ${host}`,
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(method === 'POST' ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function bodyOf(answer: string): string | undefined {
  const end = answer.indexOf('\r\n\r\n');
  return end !== -1 && /^HTTP\/1\.[01] 200 /.test(answer) ? answer.slice(end + 4) : undefined;
}
