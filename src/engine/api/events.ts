// Server-sent events: `hello` when the stream is up, then what changed. A listening window keeps its engine alive.
import type { FastifyInstance } from 'fastify';
import { type EngineEvent, eventsRoute } from '../../protocol/event';
import type { WorkspaceEvents } from '../../workspace/events';

const pingEvery = 15_000;

/** What the event route needs. */
export interface EventDependencies {
  events: WorkspaceEvents;
  onWindow: (by: 1 | -1) => void;
}

/** Mounts `GET /api/events?client=window|cli`. Only windows are counted. */
export function registerEvents(app: FastifyInstance, { events, onWindow }: EventDependencies): void {
  app.get<{ Querystring: { client?: string } }>(eventsRoute, (request, reply) => {
    const isWindow = request.query.client === 'window';
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const send = (event: EngineEvent): void => void stream.write(`data: ${JSON.stringify(event)}\n\n`);
    const subscription = events.listen(send);
    const ping = setInterval(() => stream.write(': ping\n\n'), pingEvery);
    if (isWindow) onWindow(1);
    stream.once('close', () => {
      clearInterval(ping);
      subscription.dispose();
      if (isWindow) onWindow(-1);
    });
    send({ type: 'hello' });
  });
}
