// Routes of assessments of traces.
import type { Route, RouteRequest } from '../routes/route';
import { assessmentChange, assessmentInput, assessmentJson } from './assessment-json';

const all = '/traces/:traceId/assessments';
const one = `${all}/:assessmentId`;

function create({ traces, fields, parts: { traceId = '' } }: RouteRequest): object {
  const given = fields.object('assessment');
  if (given === undefined) throw fields.missing('assessment');
  const made = traces.assessments.create(traceId, assessmentInput(given, traces.now()));
  return { assessment: assessmentJson(traceId, made) };
}

function get({ traces, parts: { traceId = '', assessmentId = '' } }: RouteRequest): object {
  return { assessment: assessmentJson(traceId, traces.assessments.get(traceId, assessmentId)) };
}

function update({ traces, fields, parts: { traceId = '', assessmentId = '' } }: RouteRequest): object {
  const given = fields.object('assessment');
  if (given === undefined) throw fields.missing('assessment');
  const change = assessmentChange(given, fields.requiredText('update_mask'));
  return { assessment: assessmentJson(traceId, traces.assessments.update(traceId, assessmentId, change)) };
}

function remove({ traces, parts: { traceId = '', assessmentId = '' } }: RouteRequest): object {
  traces.assessments.delete(traceId, assessmentId);
  return {};
}

/** Routes of assessments. */
export const assessmentRoutes: readonly Route[] = [
  { method: 'POST', path: all, version: 3, answer: create },
  { method: 'GET', path: one, version: 3, answer: get },
  { method: 'PATCH', path: one, version: 3, answer: update },
  { method: 'DELETE', path: one, version: 3, answer: remove },
];
