// Where Slipway's answers may differ from those of MLflow's server, and why. Each of these has to occur in the sessions,
// and stands in docs/mlflow-differences.md as the row named here.
import type { Json } from './correspondence';
import type { Difference } from './difference';

/** `row`: the first cell of the table row in the documentation that tells of it. */
export interface AllowedDifference {
  name: string;
  row: string;
  because: string;
  covers(difference: Difference): boolean;
}

type Said = Json | undefined;

const faulty = ['status', 'body.error_code', 'body.sqlstate', 'body.error_class'];
const text = (said: Said): string => (typeof said === 'string' ? said : '');
const isIn = (said: Said, list: readonly Said[]): boolean => list.includes(said);
const route = (asked: string, path: string): boolean => asked.endsWith(` /api/2.0/mlflow/${path}`);

/** Every difference that is meant. */
export const allowedDifferences: AllowedDifference[] = [
  {
    name: 'infinities stay infinities',
    row: 'infinities',
    because: 'they are no numbers of the size that MLflow keeps in their place',
    covers: ({ field, mlflow, slipway }) =>
      field.endsWith('.value') &&
      typeof mlflow === 'number' &&
      Math.abs(mlflow) === Number.MAX_VALUE &&
      slipway === (mlflow > 0 ? 'Infinity' : '-Infinity'),
  },
  {
    name: 'NaN of a logged model stays NaN',
    row: 'NaN on a logged model',
    because: 'MLflow gives 0, which is a value',
    covers: ({ request, field, mlflow, slipway }) =>
      request.includes('/logged-models') && field.endsWith('.value') && mlflow === 0 && slipway === 'NaN',
  },
  {
    name: 'a sentence in the place of SQL and Python',
    row: 'what the database would refuse',
    because: 'MLflow tells the statement that failed and its values, or the class that lacks an attribute',
    covers: ({ field, mlflow, slipway }) =>
      field === 'body.message' && /\[SQL: |^type object 'Sql/.test(text(mlflow)) && /[\w']\.$/.test(text(slipway)),
  },
  {
    name: 'the code of what the database would refuse',
    row: 'what the database would refuse',
    because: 'MLflow says BAD_REQUEST of whatever its database did not take; there is a code for each case',
    covers: ({ request, field, mlflow, slipway }) =>
      /\/(experiments\/update|logged-models\/[^/]+\/params|runs\/log-(metric|batch))$/.test(request) &&
      isIn(field, faulty) &&
      isIn(mlflow, ['BAD_REQUEST', 'INVALID_PARAMETER_VALUE']) &&
      isIn(slipway, ['RESOURCE_ALREADY_EXISTS', 'INVALID_PARAMETER_VALUE']),
  },
  {
    name: 'a fault of the request is 400',
    row: 'a fault of the request that MLflow stumbles over',
    because: 'MLflow answers 500, as if the server had failed, and clients then try again',
    covers: ({ request, field, mlflow, slipway }) =>
      /\/(experiments\/update|model-versions\/transition-stage|(runs|logged-models|registered-models|model-versions)\/search)$/.test(
        request,
      ) &&
      ((isIn(field, faulty) &&
        isIn(mlflow, [500, 'INTERNAL_ERROR', 'XXM00', 'CLIENT_INTERNAL_ERROR']) &&
        isIn(slipway, [400, 'INVALID_PARAMETER_VALUE', 'KAM00'])) ||
        (field === 'body.message' && text(mlflow).startsWith('could not convert string to float')) ||
        (isIn(field, ['type', 'body']) &&
          (mlflow === 'text/html' || text(mlflow).includes('500 Internal Server Error')))),
  },
  {
    name: 'a dataset has a name',
    row: 'a dataset without a name or digest',
    because: 'nobody finds it again',
    covers: ({ request, field, mlflow, slipway }) =>
      route(request, 'runs/log-inputs') &&
      ((field === 'status' && mlflow === 200 && slipway === 400) ||
        (/^body\.(error_code|message|sqlstate|error_class)$/.test(field) && mlflow === undefined)),
  },
  {
    name: 'a trace that is not there',
    row: 'a tag for a trace that is not there',
    because: 'it is not there; MLflow tells that its database refused',
    covers: ({ request, field, mlflow, slipway }) =>
      /\/traces\/[^/]+\/tags$/.test(request) &&
      isIn(field, faulty) &&
      isIn(mlflow, [400, 'BAD_REQUEST', 'INVALID_PARAMETER_VALUE']) &&
      isIn(slipway, [404, 'RESOURCE_DOES_NOT_EXIST', 'RESOURCE_NOT_FOUND']),
  },
  {
    name: 'the type of a version',
    row: '`/version`',
    because: 'it is no HTML',
    covers: ({ request, field }) => request === 'GET /version' && field === 'type',
  },
  {
    name: 'words that SQL keeps for itself',
    row: 'a word of SQL in a filter',
    because: 'MLflow reads filters with a parser of SQL, whose keywords it cannot take for names',
    covers: ({ field, mlflow, slipway }) =>
      field === 'body.message' &&
      /^Invalid clause\(s\) in filter string: \w+, =, ['\w]+$/.test(text(mlflow)) &&
      /^(Parameter value is either not quoted|Invalid attribute key 'version')/.test(text(slipway)),
  },
  {
    name: 'an unfinished name is cut into words in another way',
    row: 'a name without its closing backtick',
    because: 'both refuse it as no clause, and show its pieces',
    covers: ({ field, mlflow, slipway }) =>
      field === 'body.message' && [mlflow, slipway].every((said) => /^Invalid clause\(s\) .*'`'$/.test(text(said))),
  },
  {
    name: 'names in a refusal have one order',
    row: 'the names that a refusal lists',
    because:
      'MLflow writes a set of Python, in another order each time; and names that its search then refuses, or not all that it takes',
    covers: ({ field, mlflow, slipway }) =>
      field === 'body.message' &&
      /(?:Valid keys are|^Only the|not one of) '\{/.test(text(mlflow)) &&
      hasNames(mlflow, slipway),
  },
  {
    name: 'what the server can do',
    row: '`server-info`',
    because: 'it has no skills, no presigned uploads and no gateway to speak of',
    covers: ({ request, field, mlflow, slipway }) =>
      request === 'GET /api/3.0/mlflow/server-info' &&
      (/^body\.skill_content_max_\w+$/.test(field) ||
        (/presigned|gateway$/.test(field) && mlflow === true && slipway === false)),
  },
  {
    name: 'a folder without files is gone',
    row: 'the last file of a folder deleted',
    because: 'Slipway keeps files; a folder is what their names have in common',
    covers: ({ request, field, mlflow, slipway }) =>
      request.endsWith('/mlflow-artifacts/artifacts') &&
      field === 'body.files' &&
      Array.isArray(mlflow) &&
      Array.isArray(slipway) &&
      withoutFolder(mlflow, 'notes') === JSON.stringify(slipway),
  },
  {
    name: 'the dataset of a search without its digest',
    row: 'logged models of a dataset without digest',
    because: 'the digest may be left out, as MLflow documents; its own search then finds nothing',
    covers: ({ request, field, mlflow, slipway }) =>
      route(request, 'logged-models/search') &&
      field === 'body.models' &&
      mlflow === undefined &&
      Array.isArray(slipway),
  },
  {
    name: 'JSON within a text has no blanks',
    row: 'JSON within a text',
    because: 'programs read it, and it is the same JSON',
    covers: ({ mlflow, slipway }) => text(mlflow) !== '' && sameJson(text(mlflow), text(slipway)),
  },
  {
    name: 'a source is shown as it was said',
    row: 'a refused source on disk',
    because: 'whoever named it knows it again',
    covers: ({ request, field, mlflow, slipway }) =>
      route(request, 'model-versions/create') &&
      field === 'body.message' &&
      text(slipway).replace("'file:///", "'/") === mlflow,
  },
];

/** Lists that MLflow gives in the order in which its database happens to find the rows: nobody may rely on it. */
export function hasNoOrder(field: string): boolean {
  return /(^|\.)(tags|params|aliases|dataset_inputs|model_inputs|model_outputs)$|\.data\.metrics$/.test(field);
}

/** Whether the two sentences are the same but for the names in braces. */
function hasNames(mlflow: Said, slipway: Said): boolean {
  const rest = (said: Said): string => text(said).replace(/\{.*\}/, '');
  return rest(mlflow) === rest(slipway) && text(slipway) !== '';
}

function withoutFolder(files: Json[], name: string): string {
  return JSON.stringify(files.filter((file) => (file as { path: Json }).path !== name));
}

function sameJson(mlflow: string, slipway: string): boolean {
  const compact = (said: string): string => JSON.stringify(JSON.parse(said));
  for (const decoded of [
    (said: string): string => said,
    (said: string): string => Buffer.from(said, 'base64').toString(),
  ]) {
    try {
      return compact(decoded(mlflow)) === compact(decoded(slipway));
    } catch {}
  }
  return false;
}
