// The search grammar of MLflow's API, for the stages that answer in it and do not own it.
import type { SearchGrammar } from '../../lifecycle/models/search/search-grammar';
import { parseFilter } from '../../lifecycle/runs/search/grammar/parse-filter';
import { splitOrderBy } from '../../lifecycle/runs/search/order-by';
import { offsetOf, pageToken } from '../../lifecycle/runs/search/page-token';

/** The grammar as runs are searched by. */
export const searchGrammar: SearchGrammar = {
  filter: parseFilter,
  order: splitOrderBy,
  offset: offsetOf,
  token: pageToken,
};
