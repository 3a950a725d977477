// One question to the engine and its whole answer. `fetch` takes Node a third of what a call of the command line costs to
// load, so where Node's own can be had plainly, it is done without.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isFetchReplaced, loopbackFetch } from '../loopback-fetch';

/** What is asked, and for how long: after `signal` there is no answer. */
export interface LoopbackQuestion {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

/** The body of the answer of `url`, whatever its status. Throws when there is none, with why. */
export async function loopbackRequest(url: string, question: LoopbackQuestion): Promise<string> {
  // Where VS Code has its hand on `fetch`, it has it on this too.
  if (isFetchReplaced()) return (await loopbackFetch(url, question)).text();
  try {
    const answer = await begun(url, question);
    let text = '';
    for await (const piece of answer.setEncoding('utf8')) text += piece;
    return text;
  } catch (error) {
    throw question.signal.aborted ? question.signal.reason : error;
  }
}

/** Each question has a connection of its own: none is sent on one that the engine is just closing. */
function begun(url: string, { method, headers, body, signal }: LoopbackQuestion): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(url, { method, headers, signal, agent: false }, resolve);
    asked.on('error', reject);
    asked.end(body);
  });
}
