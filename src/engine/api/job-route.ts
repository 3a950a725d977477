// Long work over HTTP: one request, lines of JSON until it is done. A closed connection cancels.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { messageOf, SlipwayError } from '../../base/errors';
import {
  type ContentJob,
  type JobLine,
  type JobProgress,
  type JobRequest,
  jobRequest,
  jobRoute,
} from '../../protocol/jobs/job';
import { runChecked } from '../datasets/checked-reading';
import { gateJob } from '../gate/version/gate-job';
import { isPatient, type JobTerms } from '../jobs/job-runner';
import type { Services } from '../services';
import { statusCode } from './status-code';

/** Milliseconds after which a silent connection says where it is again, so that nobody takes it for dead. */
const repeatEvery = 5000;

/** Mounts `POST /api/jobs`. A job that cannot begin is answered with `{code, message}`. */
export function registerJobs(app: FastifyInstance, services: Services): void {
  const { jobs } = services;
  app.post(jobRoute, (request, reply) => {
    const read = jobRequest.safeParse(request.body);
    if (!read.success) {
      const issue = read.error.issues[0];
      return reply.code(400).send({ code: 'invalid', message: `${issue?.path.join('.')}: ${issue?.message}` });
    }
    if (jobs.at !== undefined && isContentJob(read.data) && !isPatient(read.data)) {
      return reply
        .code(statusCode('conflict'))
        .send({ code: 'conflict', message: `${jobs.at} Try again when it is done.` });
    }
    reply.hijack();
    return stream(reply, services, read.data);
  });
}

async function stream(reply: FastifyReply, services: Services, request: JobRequest): Promise<void> {
  const { raw } = reply;
  const left = new AbortController();
  raw.once('close', () => left.abort());
  raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  let last: JobLine = { progress: { what: 'starting', done: 0, total: 0 } };
  const say = (line: JobLine): void => {
    last = line;
    raw.write(`${JSON.stringify(line)}\n`);
  };
  say(last);
  const repeat = setInterval(() => say(last), repeatEvery);
  try {
    const terms = { signal: left.signal, onProgress: (progress: JobProgress) => say({ progress }) };
    say({ result: await worked(services, request, terms) });
  } catch (error) {
    say({ error: { code: SlipwayError.is(error) ? error.code : 'internal', message: messageOf(error) } });
  } finally {
    clearInterval(repeat);
    raw.end();
  }
}

function worked(services: Services, request: JobRequest, terms: JobTerms): Promise<unknown> {
  return isContentJob(request) ? runChecked(services, request, terms) : gateJob(services, request, terms);
}

function isContentJob(request: JobRequest): request is ContentJob {
  return request.job !== 'model-gate';
}
