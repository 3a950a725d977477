// Mounts the MLflow tracking API: its own body parser, its own error form.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SlipwayError } from '../../base/errors';
import type { ModelsService } from '../../lifecycle/models/service';
import type { RecordingIntake } from '../../lifecycle/runs/recordings/intake';
import type { RunsService } from '../../lifecycle/runs/service';
import type { TracesService } from '../../lifecycle/traces/service';
import { identityHeader, personIdentity } from '../../protocol/models/registry/model-version';
import type { WorkspaceEvents } from '../../workspace/events';
import type { WriteQueue, WriteTerms } from '../../workspace/write-queue';
import type { Warrants } from '../registry/warrants';
import { experimentRoutes } from './routes/experiment-routes';
import { isLaterPath, laterMessage } from './routes/later-routes';
import { loggedModelRoutes } from './routes/logged-model-routes';
import { loggingRoutes } from './routes/logging-routes';
import { metricRoutes } from './routes/metric-routes';
import { modelVersionRoutes } from './routes/model-version-routes';
import { registeredModelRoutes } from './routes/registered-model-routes';
import type { Answer, LongReads, Route, RouteRequest } from './routes/route';
import { runRoutes } from './routes/run-routes';
import { serverRoutes } from './routes/server-routes';
import { RunTexts } from './run-texts';
import { assessmentRoutes } from './traces/assessment-routes';
import { oldTraceRoutes } from './traces/old-trace-routes';
import { traceRoutes } from './traces/trace-routes';
import { errorAnswer, errorBody } from './wire/error-answer';
import { Fields } from './wire/fields';
import { fieldsOfBody } from './wire/json-body';

/** Every route that is data, in one table: mounted here, and asked one by one by whoever wants to know them all. */
export const mlflowRoutes: readonly Route[] = [
  ...loggingRoutes,
  ...runRoutes,
  ...experimentRoutes,
  ...metricRoutes,
  ...loggedModelRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...traceRoutes,
  ...oldTraceRoutes,
  ...assessmentRoutes,
  ...serverRoutes,
];

/** What the routes act on. */
export interface MlflowParts {
  runs: RunsService;
  recordings: Pick<RecordingIntake, 'unsaved'>;
  models: ModelsService;
  traces: TracesService;
  readers: LongReads;
  writes: WriteQueue;
  events: WorkspaceEvents;
  warrants: Warrants;
}

/** Adds the MLflow tracking routes to the server. */
export function registerMlflow(app: FastifyInstance, deps: MlflowParts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, _request, reply) => {
      const { status, body } = errorAnswer(error);
      return reply.code(status).send(body);
    });
    const texts = new RunTexts(deps.events);
    for (const route of mlflowRoutes) mount(scope, route, { ...deps, texts });
    refuseLater(scope);
  });
}

/** The path of a route as clients ask it. */
export function routeUrl({ version, path }: Pick<Route, 'version' | 'path'>): string {
  return `/api/${version ?? 2}.0/mlflow${path}`;
}

function mount(scope: FastifyInstance, route: Route, deps: MlflowParts & Pick<RouteRequest, 'texts'>): void {
  scope.route({
    method: route.method,
    url: routeUrl(route),
    handler: (request, reply) => {
      const fields = fieldsOf(request);
      const parts = request.params as Record<string, string>;
      const { writes } = deps;
      reply.header('content-type', 'application/json');
      const asked: RouteRequest = { ...deps, fields, parts };
      const isRead = route.method === 'GET' || route.reads === true;
      if (route.before !== undefined && !isRead) {
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        const preparing = { warrants: deps.warrants, identity: identityOf(request), signal: gone.signal };
        // A gate may be run first, and takes longer than a connection may be silent.
        request.raw.socket.setTimeout(0);
        return route.before(asked, preparing).then((brought) => {
          return writes.run(() => textOf(route.answer({ ...asked, ...brought })), termsOf(request));
        });
      }
      const respond = (): Sent => textOf(route.answer(asked));
      const answer = isRead ? respond() : writes.run(respond, termsOf(request));
      return answer instanceof Promise ? answer : reply.send(answer);
    },
  });
}

/** Asserted; what is no address says nothing. */
function identityOf({ headers }: FastifyRequest): string | null {
  try {
    return personIdentity.safeParse(decodeURI(String(headers[identityHeader] ?? ''))).data ?? null;
  } catch {
    return null;
  }
}

type Sent = string | Uint8Array | Promise<string | Uint8Array>;

function textOf(answer: Answer): Sent {
  const isText = typeof answer === 'string' || answer instanceof Uint8Array || answer instanceof Promise;
  return isText ? answer : JSON.stringify(answer);
}

/** A client that gave up is answered nothing, so nothing is written for it: it will ask again, or has failed. */
function termsOf(request: FastifyRequest): WriteTerms {
  const { body, socket } = request;
  return { bytes: typeof body === 'string' ? body.length : 0, isWanted: () => !socket.destroyed };
}

function fieldsOf(request: FastifyRequest): Fields {
  if (request.method === 'GET') return new Fields(request.query as Record<string, unknown>);
  if (request.method === 'POST') checkContentType(request.headers['content-type']);
  return fieldsOfBody(request.body);
}

function checkContentType(given: string | undefined): void {
  if (given === undefined) throw new SlipwayError('invalid', 'Bad Request. Content-Type header is missing.');
  if (given.split(';', 1)[0]?.trim().toLowerCase() === 'application/json') return;
  throw new SlipwayError('invalid', `Bad Request. Content-Type must be one of ['application/json'].`);
}

/** One route for all that no other answers: a route for each path of each method is paid for at every start. */
function refuseLater(scope: FastifyInstance): void {
  const handler = (request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined => {
    const path = `/${(request.params as Record<string, string>)['*']}`;
    if (isLaterPath(path)) {
      return reply.code(501).send(errorBody('NOT_IMPLEMENTED', laterMessage(request.method, path)));
    }
    reply.callNotFound();
  };
  scope.all('/*', handler);
}
