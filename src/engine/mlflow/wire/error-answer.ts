// Failures in MLflow's own form: an error code clients switch on, a message, and the classification of 3.x.
import { type ErrorCode, messageOf, SlipwayError } from '../../../base/errors';

/** What an MLflow client is told about a failure. */
export interface ErrorAnswer {
  status: number;
  body: { error_code: string; message: string; sqlstate?: string; error_class?: string };
}

const codes: Readonly<Record<ErrorCode, readonly [number, string]>> = {
  invalid: [400, 'INVALID_PARAMETER_VALUE'],
  'bad-request': [400, 'BAD_REQUEST'],
  'already-exists': [400, 'RESOURCE_ALREADY_EXISTS'],
  unauthenticated: [401, 'UNAUTHENTICATED'],
  forbidden: [403, 'PERMISSION_DENIED'],
  'not-found': [404, 'RESOURCE_DOES_NOT_EXIST'],
  conflict: [409, 'RESOURCE_CONFLICT'],
  'too-large': [413, 'BAD_REQUEST'],
  'not-implemented': [501, 'NOT_IMPLEMENTED'],
  unavailable: [503, 'TEMPORARILY_UNAVAILABLE'],
  overloaded: [429, 'RESOURCE_EXHAUSTED'],
  'no-workspace': [500, 'INTERNAL_ERROR'],
  'read-only': [500, 'INTERNAL_ERROR'],
  'newer-schema': [500, 'INTERNAL_ERROR'],
  damaged: [500, 'INTERNAL_ERROR'],
  // Not among the answers that MLflow's client tries again and then tells of by their number alone.
  'disk-full': [507, 'RESOURCE_EXHAUSTED'],
  'disk-failing': [500, 'INTERNAL_ERROR'],
  internal: [500, 'INTERNAL_ERROR'],
};

/** sqlstate and error_class by error code; codes without one have neither. */
const classes: Readonly<Record<string, readonly [string, string]>> = {
  INVALID_PARAMETER_VALUE: ['KAM00', 'INVALID_PARAMETER_VALUE'],
  BAD_REQUEST: ['KAM00', 'INVALID_PARAMETER_VALUE'],
  RESOURCE_ALREADY_EXISTS: ['KAM00', 'RESOURCE_ALREADY_EXISTS'],
  PERMISSION_DENIED: ['KAM00', 'PERMISSION_DENIED'],
  RESOURCE_DOES_NOT_EXIST: ['KAM00', 'RESOURCE_NOT_FOUND'],
  ENDPOINT_NOT_FOUND: ['KAM00', 'RESOURCE_NOT_FOUND'],
  INTERNAL_ERROR: ['XXM00', 'CLIENT_INTERNAL_ERROR'],
  INVALID_STATE: ['XXM00', 'CLIENT_INTERNAL_ERROR'],
  TEMPORARILY_UNAVAILABLE: ['XXM00', 'CLIENT_INTERNAL_ERROR'],
};

/** The body of a failure with this MLflow error code. */
export function errorBody(errorCode: string, message: string): ErrorAnswer['body'] {
  const [sqlstate, errorClass] = classes[errorCode] ?? [];
  const body = { error_code: errorCode, message };
  return sqlstate === undefined || errorClass === undefined ? body : { ...body, sqlstate, error_class: errorClass };
}

/** Status and body for anything thrown while answering. */
export function errorAnswer(error: unknown): ErrorAnswer {
  if (SlipwayError.is(error)) {
    const [status, errorCode] = codes[error.code];
    const { mlflowCode, mlflowClass } = error.details;
    const body = errorBody(typeof mlflowCode === 'string' ? mlflowCode : errorCode, error.message);
    if (!Array.isArray(mlflowClass)) return { status, body };
    return { status, body: { ...body, sqlstate: String(mlflowClass[0]), error_class: String(mlflowClass[1]) } };
  }
  // Fastify's own refusals (body too large, bad header) carry their status.
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, body: errorBody('BAD_REQUEST', messageOf(error)) };
  }
  // Whoever reads a request goes down one call for each level of it. A reader thread hands on the message alone.
  if (messageOf(error) === 'Maximum call stack size exceeded') {
    return { status: 400, body: errorBody('BAD_REQUEST', 'The request is nested too deeply to be read.') };
  }
  return { status: 500, body: errorBody('INTERNAL_ERROR', messageOf(error)) };
}
