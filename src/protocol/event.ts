// Events say "look again at X" and never carry data, so a missed one costs nothing but time.
import * as z from 'zod';

/** An empty list in `runs` or `models` says that each of them may have changed. */
export const engineEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('experiments') }),
  z.object({ type: z.literal('runs'), runIds: z.array(z.string()) }),
  z.object({ type: z.literal('datasets'), names: z.array(z.string()) }),
  z.object({ type: z.literal('models'), names: z.array(z.string()) }),
]);
export type EngineEvent = z.infer<typeof engineEvent>;

/** True when what is shown of a run may be outdated: the event names it, or all, or comes after a time of silence. */
export function isAbout(event: EngineEvent, runId: string): boolean {
  if (event.type === 'hello') return true;
  return event.type === 'runs' && (event.runIds.length === 0 || event.runIds.includes(runId));
}

/** The SSE route that carries them; one `data:` line of JSON an event. */
export const eventsRoute = '/api/events';
