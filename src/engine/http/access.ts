// Who may talk to the engine: this machine's own programs that know the token, never a web page.
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const open = new Set(['/', '/health', '/version']);
const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Refuses foreign hosts, every Origin and wrong tokens before any route is reached. No tokens: no token is asked. */
export function guard(app: FastifyInstance, tokens: readonly string[]): void {
  const accepted = tokens.map((token) => Buffer.from(`Bearer ${token}`));
  app.addHook('onRequest', async (request, reply) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (!loopbackHosts.has(host)) {
      return refuse(
        reply,
        403,
        'PERMISSION_DENIED',
        'The Host header must name this machine (127.0.0.1 or localhost).',
      );
    }
    if (request.headers.origin !== undefined) {
      return refuse(reply, 403, 'PERMISSION_DENIED', 'Requests from web pages are refused.');
    }
    if (accepted.length === 0 || isOpen(request) || hasToken(request, accepted)) return;
    return refuse(
      reply,
      401,
      'UNAUTHENTICATED',
      'The token is missing or wrong. Set MLFLOW_TRACKING_TOKEN to what `slipway env` prints in this folder.',
    );
  });
}

function isOpen(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  return request.method === 'GET' && open.has(path);
}

function hasToken(request: FastifyRequest, accepted: readonly Buffer[]): boolean {
  // A recorded command's token carries the id of its run behind it (joined-run.ts).
  const given = Buffer.from((request.headers.authorization ?? '').replace(/\.[0-9a-f]{32}$/, ''));
  return accepted.some((each) => each.length === given.length && timingSafeEqual(each, given));
}

function refuse(reply: FastifyReply, status: number, errorCode: string, message: string): FastifyReply {
  return reply.code(status).send({ error_code: errorCode, message });
}
