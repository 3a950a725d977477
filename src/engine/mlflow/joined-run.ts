// A command under a recorder asks with its run's id behind the token. By that its own choice of experiment is heard.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RecordingIntake } from '../../lifecycle/runs/recordings/intake';
import type { WriteQueue } from '../../workspace/write-queue';

const routes = /\/api\/2\.0\/mlflow\/(experiments\/(?:get-by-name|get|create)|runs\/update)(?:\?|$)/;

interface Answer {
  experiment_id?: string;
  experiment?: { experiment_id?: string };
  run_info?: { run_id?: string };
}

/** What is told of a command's choice, and the turn it is written in. */
export interface JoinedRunParts {
  recordings: RecordingIntake;
  writes: WriteQueue;
}

/** Listens to the answers to recorded commands. To be called before the MLflow routes are mounted. */
export function registerJoinedRuns(app: FastifyInstance, { recordings, writes }: JoinedRunParts): void {
  const met = new Set<string>();
  const meet = async (runId: string): Promise<void> => {
    if (await writes.run(() => recordings.meet(runId))) met.add(runId);
  };
  const hear = async (runId: string, answer: Answer): Promise<void> => {
    const experimentId = answer.experiment_id ?? answer.experiment?.experiment_id;
    const { experimentChoice } = recordings;
    if (experimentId !== undefined) await writes.run(() => experimentChoice.asked(runId, experimentId));
    else if (answer.run_info?.run_id === runId) await writes.run(() => experimentChoice.joined(runId));
  };
  // Called back and not promised: every request passes here, and hardly one has anything to wait for.
  app.addHook('preHandler', (request, _reply, done) => {
    const runId = runOf(request);
    // A command may be faster than the word of its recorder: then its first request brings the run with it.
    if (runId === undefined || met.has(runId)) done();
    else meet(runId).then(() => done(), done);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const runId = runOf(request);
    const isAbout = runId !== undefined && reply.statusCode === 200 && routes.test(request.url);
    if (!isAbout || typeof payload !== 'string') done(null, payload);
    // Waited for: the client compares the run's experiment with the one it has just been told.
    else hear(runId, JSON.parse(payload) as Answer).then(() => done(null, payload), done);
  });
}

function runOf(request: FastifyRequest): string | undefined {
  return /^Bearer .*\.([0-9a-f]{32})$/.exec(request.headers.authorization ?? '')?.[1];
}
