// A command under a recorder asks with its run's id behind the token. By that its own choice of experiment is heard.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RecordingIntake } from '../../lifecycle/runs/recordings/intake';

const routes = /\/api\/2\.0\/mlflow\/(experiments\/(?:get-by-name|get|create)|runs\/update)(?:\?|$)/;

interface Answer {
  experiment_id?: string;
  experiment?: { experiment_id?: string };
  run_info?: { run_id?: string };
}

/** Listens to the answers to recorded commands. To be called before the MLflow routes are mounted. */
export function registerJoinedRuns(app: FastifyInstance, { recordings }: { recordings: RecordingIntake }): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const runId = runOf(request);
    const isAbout = runId !== undefined && reply.statusCode === 200 && routes.test(request.url);
    if (!isAbout || typeof payload !== 'string') return;
    const answer = JSON.parse(payload) as Answer;
    const experimentId = answer.experiment_id ?? answer.experiment?.experiment_id;
    if (experimentId !== undefined) recordings.experimentChoice.asked(runId, experimentId);
    else if (answer.run_info?.run_id === runId) recordings.experimentChoice.joined(runId);
  });
}

function runOf(request: FastifyRequest): string | undefined {
  return /^Bearer .*\.([0-9a-f]{32})$/.exec(request.headers.authorization ?? '')?.[1];
}
