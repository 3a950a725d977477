// A SELECT over datasets that are SELECTs themselves, as one SELECT over what those read.
import { identifier } from '../../../platform/duckdb/duck-text';

/** `queries` are the SELECTs by the names that `query` knows them by; each stands by itself. */
export function queryOverQueries(query: string, queries: ReadonlyMap<string, string>): string {
  if (queries.size === 0) return query;
  const within = [...queries].map(([name, each]) => `${identifier(name)} AS (${bare(each)}\n)`);
  return `WITH ${within.join(', ')} FROM (${bare(query)}\n)`;
}

function bare(query: string): string {
  return query.replace(/;\s*$/, '');
}
