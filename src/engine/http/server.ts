// The HTTP server every surface is mounted on: loopback only, bounded in size, and no connection is waited for in vain.
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';
import { guard } from './access';

/** The MLflow version this engine speaks as; clients choose their calls by it. */
const spokenMlflowVersion = '3.18.0';

const megabyte = 1024 * 1024;

function noSchemas(): never {
  throw new SlipwayError('internal', 'A route declares a JSON schema, for which no compiler is loaded.');
}

/** `onFailure` is told of what no route foresaw, so that it can be logged. */
export interface ServerOptions {
  /** Asked at each request: which they are may only be known once the server listens. */
  tokens: () => readonly string[];
  onRequest: () => void;
  onFailure: (error: Error) => void;
}

/** A Fastify app with limits, access rules and the three open routes, ready for the surfaces. */
export function createServer(options: ServerOptions): FastifyInstance {
  const app = bareServer();
  guard(app, options.tokens);
  app.addHook('onRequest', (_request, _reply, done) => {
    options.onRequest();
    done();
  });
  app.addHook('onError', async (_request, _reply, error) => {
    const foreseen = SlipwayError.is(error) || (error.statusCode ?? 500) < 500;
    if (!foreseen) options.onFailure(error);
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('X-Content-Type-Options', 'nosniff');
    done(null, payload);
  });
  app.get('/health', (_request, reply) => reply.type('text/plain').send('OK'));
  app.get('/version', (_request, reply) => reply.type('text/plain').send(spokenMlflowVersion));
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(frontPage));
  answerFailures(app);
  return app;
}

function bareServer(): FastifyInstance {
  return Fastify({
    logger: false,
    // A dataset profile may take 16 MB (MLflow's own limit); artifacts are streamed and not bound by this.
    bodyLimit: 32 * megabyte,
    // A large artifact may take long to arrive, so whole requests have no limit; a connection that falls silent has.
    requestTimeout: 0,
    connectionTimeout: 120_000,
    keepAliveTimeout: 300_000,
    // Nobody asks for HEAD, and a second route for every GET is paid for at each start.
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // MLflow's own page asks everything under a second name; one set of routes answers both.
    // A tracking URI that ends in a slash makes paths that begin with two.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/+/, '/').replace(/^\/ajax-api\//, '/api/'),
    // Addresses that cannot be decoded reach no route and no other handler.
    frameworkErrors: refuseAddress,
    routerOptions: { maxParamLength: 4096, ignoreTrailingSlash: true },
    // No route declares a JSON schema (zod and the MLflow readers judge input), so the schema compilers that Fastify
    // would load for a tenth of the start-up time are never asked for anything.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    http: { maxHeaderSize: 128 * 1024, headersTimeout: 20_000 },
  });
}

function refuseAddress(error: Error & { statusCode?: number }, _request: unknown, reply: unknown): void {
  const body = { error_code: 'BAD_REQUEST', message: messageOf(error) };
  void (reply as FastifyReply).code(error.statusCode ?? 400).send(body);
}

/** What no surface answers for: addresses there are not, and requests that fail before any route. */
function answerFailures(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error_code: 'ENDPOINT_NOT_FOUND',
      message: `There is no ${request.method} ${request.url.split('?', 1)[0]} here.`,
    }),
  );
  app.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return reply
      .code(status)
      .send({ error_code: status < 500 ? 'BAD_REQUEST' : 'INTERNAL_ERROR', message: messageOf(error) });
  });
}

/**
 * Listens on the loopback interface and returns the port. `wanted` 0 takes any. When `wanted` is taken: throws
 * SlipwayError `conflict` if it was asked for by hand (`insist`), else takes any other.
 */
export async function listen(app: FastifyInstance, wanted: number, insist: boolean): Promise<number> {
  try {
    await app.listen({ host: '127.0.0.1', port: wanted });
  } catch (error) {
    const code = systemCodeOf(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (insist) {
      throw new SlipwayError(
        'conflict',
        `Port ${wanted} is taken by another program. Choose another with --port, or leave it out.`,
        { cause: error },
      );
    }
    await app.listen({ host: '127.0.0.1', port: 0 });
  }
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new SlipwayError('internal', 'The server has no port.');
  return address.port;
}

const frontPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Slipway engine</title></head>
<body><h1>Slipway engine</h1>
<p>This is the local engine of one Slipway workspace. Its runs are shown in VS Code: open the folder and choose the Slipway view.</p></body></html>
`;
