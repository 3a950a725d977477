// A page of logged models only follows the search it belongs to, so its token holds that search.
import { SlipwayError } from '../../../base/errors';
import { pythonText } from './grammar/value';
import type { OrderRequest } from './logged-model-order';
import { decodeToken } from './page-token';

/** The parts of a search that must not change from page to page. */
export interface LoggedModelSearchIdentity {
  experimentIds: readonly string[];
  filter: string;
  orderBy: readonly OrderRequest[];
  token: string | undefined;
}

function identityOf({ experimentIds, filter, orderBy }: LoggedModelSearchIdentity): Record<string, unknown> {
  const order = orderBy.map((each) => ({
    field_name: each.fieldName,
    ascending: each.ascending,
    dataset_name: each.datasetName ?? null,
    dataset_digest: each.datasetDigest ?? null,
  }));
  return {
    experiment_ids: experimentIds,
    filter_string: filter === '' ? null : filter,
    order_by: order.length === 0 ? null : order,
  };
}

/** The token of the page of this search that starts after `offset` models. */
export function loggedModelToken(search: LoggedModelSearchIdentity, offset: number): string {
  return Buffer.from(JSON.stringify({ ...identityOf(search), offset })).toString('base64');
}

const labels: Readonly<Record<string, string>> = {
  experiment_ids: 'Experiment IDs in the page token do not match the requested experiment IDs.',
  filter_string: 'Filter string in the page token does not match the requested filter string.',
  order_by: 'Order by in the page token does not match the requested order by.',
};

/** How many models to leave out. Throws `invalid` for a token of another search. */
export function loggedModelOffset(search: LoggedModelSearchIdentity): number {
  if (search.token === undefined || search.token === '') return 0;
  const token = decodeToken(search.token);
  for (const [key, wanted] of Object.entries(identityOf(search))) {
    const found = token[key] ?? null;
    if (JSON.stringify(found) === JSON.stringify(wanted)) continue;
    throw new SlipwayError(
      'invalid',
      `${labels[key] ?? key} Expected: ${pythonValue(wanted)}. Found: ${pythonValue(found)}`,
    );
  }
  const offset = Number(token.offset ?? 0);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}

/** A value of JSON as Python shows it, as MLflow's sentence does. */
function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonText(value);
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${pythonText(key)}: ${pythonValue(each)}`)
    .join(', ')}}`;
}
