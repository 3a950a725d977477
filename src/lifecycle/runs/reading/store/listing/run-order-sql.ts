// An order of runs as SQL, and where a page of it begins.
import { type RunSort, usualRunSort } from '../../../../../protocol/runs/run-sort';
import { pageToken, readPageToken } from '../../page-token';

/** How a listing is ordered. `join` stands behind the tables, with `values` for its marks. */
export interface OrderSql {
  join: string;
  by: string;
  values: unknown[];
  after(page: string | null | undefined): { sql: string; values: unknown[]; offset: number };
  next(last: { startTime: number; runId: string }, offset: number): string;
}

/** Newest first a page begins behind a row, and new runs shift nothing; in any other order it begins at a number. */
export function runOrderSql(sort: RunSort = usualRunSort): OrderSql {
  return sort.by === 'start' && sort.descending ? newestFirst : numbered(sort);
}

const newestFirst: OrderSql = {
  join: '',
  by: 'r.start_time DESC, r.run_id',
  values: [],
  after: (page) => {
    if (!page) return { sql: '', values: [], offset: 0 };
    const [time, runId] = readPageToken(page, ['number', 'string']);
    const sql = 'AND r.start_time <= ? AND (r.start_time < ? OR r.run_id > ?)';
    return { sql, values: [time, time, runId], offset: 0 };
  },
  next: ({ startTime, runId }) => pageToken([startTime, runId]),
};

function numbered(sort: RunSort): OrderSql {
  const isMetric = sort.by === 'metric';
  return {
    join: isMetric ? 'LEFT JOIN metric_series s ON s.run = r.run AND s.key = ?' : '',
    values: isMetric ? [sort.key] : [],
    by: `${orderOf(sort)}, r.start_time DESC, r.run_id`,
    after: (page) => {
      const [offset] = page ? readPageToken(page, ['number']) : [0];
      return { sql: '', values: [], offset: Number(offset) };
    },
    next: (_last, offset) => pageToken([offset]),
  };
}

function orderOf(sort: RunSort): string {
  const way = sort.descending ? 'DESC' : 'ASC';
  switch (sort.by) {
    case 'start':
      return `r.start_time ${way}`;
    case 'name':
      return `lower(r.name) ${way}, r.name ${way}`;
    case 'duration':
      return `r.end_time IS NULL, r.end_time - r.start_time ${way}`;
    case 'state':
      return `CASE r.status WHEN 'RUNNING' THEN 0 WHEN 'SCHEDULED' THEN 1 WHEN 'FAILED' THEN 2 WHEN 'KILLED' THEN 3 ELSE 4 END ${way}`;
    case 'metric':
      return `s.series IS NULL, s.last_is_nan = 1, s.last_value ${way}`;
  }
}
