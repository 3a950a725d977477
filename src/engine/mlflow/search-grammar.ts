// The search grammar of MLflow's API, for the stages that answer in it and do not own it.
import { SlipwayError } from '../../base/errors';
import { parseFilter } from '../../lifecycle/runs/search/grammar/parse-filter';
import { splitOrderBy } from '../../lifecycle/runs/search/order-by';
import { offsetOf, pageToken } from '../../lifecycle/runs/search/page-token';
import type { FilterExpression, SearchGrammar } from '../../workspace/search-grammar';

/** Over the registry MLflow names the clauses it cannot read without quotes. */
function registryFilter(text: string): FilterExpression {
  try {
    return parseFilter(text);
  } catch (error) {
    if (!SlipwayError.is(error) || !Array.isArray(error.details.clauses)) throw error;
    throw new SlipwayError('invalid', `Invalid clause(s) in filter string: ${error.details.clauses.join(', ')}`, {
      cause: error,
    });
  }
}

/** The grammar as traces are searched by. */
export const traceGrammar: SearchGrammar = {
  filter: parseFilter,
  order: splitOrderBy,
  offset: offsetOf,
  token: pageToken,
};

/** The grammar as the registry is searched by. */
export const searchGrammar: SearchGrammar = { ...traceGrammar, filter: registryFilter };
