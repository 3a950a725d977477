// Who may talk to the engine: this machine's own programs that know the token, never a web page.
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const open = new Set(['/', '/health', '/version']);
const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

interface Refusal {
  status: number;
  errorCode: string;
  message: string;
}

const foreignHost: Refusal = {
  status: 403,
  errorCode: 'PERMISSION_DENIED',
  message: 'The Host header must name this machine (127.0.0.1 or localhost).',
};
const webPage: Refusal = {
  status: 403,
  errorCode: 'PERMISSION_DENIED',
  message: 'Requests from web pages are refused.',
};
const wrongToken: Refusal = {
  status: 401,
  errorCode: 'UNAUTHENTICATED',
  message: 'The token is missing or wrong. Set MLFLOW_TRACKING_TOKEN to what `slipway env` prints in this folder.',
};

/** Refuses foreign hosts, every Origin and wrong tokens before any route is reached. No tokens: no token is asked. */
export function guard(app: FastifyInstance, tokens: () => readonly string[]): void {
  // Called back and not promised: every request passes here, and none has anything to wait for.
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = refusalOf(request, tokens());
    if (refusal === undefined) done();
    else void reply.code(refusal.status).send({ error_code: refusal.errorCode, message: refusal.message });
  });
}

function refusalOf(request: FastifyRequest, accepted: readonly string[]): Refusal | undefined {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!loopbackHosts.has(host)) return foreignHost;
  if (request.headers.origin !== undefined) return webPage;
  return accepted.length === 0 || isOpen(request) || hasToken(request, accepted) ? undefined : wrongToken;
}

function isOpen(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  return request.method === 'GET' && open.has(path);
}

function hasToken(request: FastifyRequest, accepted: readonly string[]): boolean {
  // A recorded command's token carries the id of its run behind it (joined-run.ts).
  const given = Buffer.from((request.headers.authorization ?? '').replace(/\.[0-9a-f]{32}$/, ''));
  return accepted.some((token) => {
    const wanted = Buffer.from(`Bearer ${token}`);
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  });
}
