// One request of a client and what each of the two servers answered.
import { type Agent, request as send } from 'node:http';

/** What is sent to a server. `path` includes the query, as the client wrote it. */
export interface Question {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** What came back: the status, the media type, the body, and when (epoch ms) it was asked and answered. */
export interface Answer {
  status: number;
  type: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
  asked: number;
  answered: number;
}

/** One step of a session. `question` is as the client sent it, with the ids of MLflow's server. */
export interface Exchange {
  number: number;
  question: Question;
  mlflow: Answer;
  slipway: Answer;
}

/** Asks the server at `url`; redirects are not followed, paths are not tidied. Rejects when the server hangs up. */
export function ask(url: string, question: Question, agent: Agent): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const { method, path, body } = question;
  const headers = { ...question.headers, host: `${hostname}:${port}`, 'content-length': String(body.length) };
  const asked = Date.now();
  return new Promise((resolve, reject) => {
    const sent = send({ hostname, port, method, path, headers, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        const said = (name: string): string | undefined => response.headers[name]?.toString();
        resolve({
          status: response.statusCode ?? 0,
          type: said('content-type')?.split(';')[0] ?? '',
          headers: {
            'content-disposition': said('content-disposition'),
            'x-content-type-options': said('x-content-type-options'),
          },
          body: Buffer.concat(parts),
          asked,
          answered: Date.now(),
        });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
