// Runs as rows, newest first, from the two indexes made for it; 100,000 runs must not be felt.
import type { Database, Statement } from '../../../../platform/sqlite/database';
import { toWire } from '../../../../protocol/number';
import type { HeadlineMetric, Page, RunState, RunStatus, RunSummary } from '../../../../protocol/run';
import { chosenHeadlines, headlineKey, usualHeadlines } from '../headline-metric';
import { type MetricRules, metricDirection } from '../metric-direction';
import { pageToken, readPageToken } from '../page-token';
import { runStateOf } from '../run-state';
import { type ActivityClock, liveParents } from './live-runs';

/** Which runs; everything it depends on is in it, so that it can be asked in another thread. */
export interface RunListing extends ActivityClock {
  experimentId?: string | undefined;
  states?: readonly RunState[] | undefined;
  text?: string | undefined;
  limit: number;
  page?: string | null | undefined;
  rules: MetricRules;
}

interface SummaryRow {
  run: number;
  runId: string;
  experimentId: string;
  experimentName: string;
  name: string;
  status: RunStatus;
  startTime: number;
  endTime: number | null;
  recorded: number;
  lastActivity: number;
}

/** A run's row with what a summary is made of; the experiment's name is joined. */
export const summaryColumns = `r.run, r.run_id AS runId, r.experiment_id AS experimentId, e.name AS experimentName,
  r.name, r.status, r.start_time AS startTime, r.end_time AS endTime, r.recorded, r.last_activity AS lastActivity`;

/** At most so many keys of a run are weighed; of a run with more, besides the first ones, those usually looked for. */
const fewKeys = 300;

/** Turns rows with `summaryColumns` into summaries. Made for one listing, over which the clock stands still. */
export class RunSummaries {
  readonly #database: Database;
  readonly #asked: ActivityClock & { rules: MetricRules };
  readonly #keys: Statement<[number, number], string>;
  readonly #last: Statement<[number, string], { value: number; nan: number }>;
  /** Runs of one experiment log the same keys, so the same choice is made once. */
  readonly #chosen = new Map<string, string | undefined>();
  #parents: Set<string> | undefined;

  constructor(database: Database, asked: ActivityClock & { rules: MetricRules }) {
    this.#database = database;
    this.#asked = asked;
    this.#keys = database
      .prepare<[number, number], string>('SELECT key FROM metric_series WHERE run = ? ORDER BY key LIMIT ?')
      .pluck();
    this.#last = database.prepare(
      'SELECT last_value AS value, last_is_nan AS nan FROM metric_series WHERE run = ? AND key = ?',
    );
  }

  /** The summary of one row. */
  of(row: SummaryRow): RunSummary {
    const { run, lastActivity, recorded, ...rest } = row;
    return {
      ...rest,
      recorded: recorded === 1,
      state: this.#state(row),
      headline: this.#headline(run),
    };
  }

  #state(row: SummaryRow): RunState {
    const { now, silence } = this.#asked;
    const facts = { status: row.status, recorded: row.recorded === 1, lastActivity: row.lastActivity };
    const state = runStateOf(facts, now, silence);
    if (state !== 'unknown') return state;
    this.#parents ??= liveParents(this.#database, this.#asked);
    return this.#parents.has(row.runId) ? 'running' : 'unknown';
  }

  #headline(run: number): HeadlineMetric | null {
    const { rules } = this.#asked;
    const key = this.#headlineKey(run);
    const last = key === undefined ? undefined : this.#last.get(run, key);
    if (key === undefined || last === undefined) return null;
    return { key, value: toWire(last.nan === 1 ? Number.NaN : last.value), direction: metricDirection(key, rules) };
  }

  #headlineKey(run: number): string | undefined {
    const keys = this.#candidates(run);
    const all = keys.join('\n');
    const known = this.#chosen.get(all);
    if (known !== undefined || this.#chosen.has(all)) return known;
    const key = headlineKey(keys, this.#asked.rules);
    this.#chosen.set(all, key);
    return key;
  }

  #candidates(run: number): string[] {
    const keys = this.#keys.all(run, fewKeys);
    if (keys.length < fewKeys) return keys;
    const wanted = JSON.stringify([...chosenHeadlines(this.#asked.rules), ...usualHeadlines]);
    const usual = this.#database
      .prepare<[number, string], string>(
        'SELECT key FROM metric_series WHERE run = ? AND key IN (SELECT value FROM json_each(?))',
      )
      .pluck()
      .all(run, wanted);
    return [...new Set([...keys, ...usual])];
  }
}

/** One page of active runs, newest first, and how many match in all. */
export function listRuns(database: Database, query: RunListing): Page<RunSummary> & { total: number } {
  const filter = filterOf(database, query);
  const from = `FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id WHERE ${filter.sql}`;
  const after = query.page ? readPageToken(query.page, ['number', 'string']) : undefined;
  const start = after === undefined ? '' : 'AND r.start_time <= ? AND (r.start_time < ? OR r.run_id > ?)';
  const rows = database
    .prepare<unknown[], SummaryRow>(
      `SELECT ${summaryColumns} ${from} ${start} ORDER BY r.start_time DESC, r.run_id LIMIT ?`,
    )
    .all(...filter.values, ...(after === undefined ? [] : [after[0], after[0], after[1]]), query.limit + 1);
  const total = database
    .prepare<unknown[], { total: number }>(`SELECT count(*) AS total FROM runs r WHERE ${filter.sql}`)
    .get(...filter.values);
  const shown = rows.slice(0, query.limit);
  const summaries = new RunSummaries(database, query);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => summaries.of(row)),
    next: rows.length > shown.length && last !== undefined ? pageToken([last.startTime, last.runId]) : null,
    total: total?.total ?? 0,
  };
}

/** Active runs whose id begins with `wanted` or whose name it is, newest first, at most `limit`. */
export function findRuns(
  database: Database,
  query: { wanted: string; limit: number; rules: MetricRules } & ActivityClock,
): RunSummary[] {
  const rows = database
    .prepare<[string, string, string, number], SummaryRow>(
      `SELECT ${summaryColumns} FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id
       WHERE r.lifecycle_stage = 'active' AND ((r.run_id >= ? AND r.run_id < ?) OR r.name = ?)
       ORDER BY r.start_time DESC, r.run_id LIMIT ?`,
    )
    .all(query.wanted, `${query.wanted}\u{10ffff}`, query.wanted, query.limit);
  const summaries = new RunSummaries(database, query);
  return rows.map((row) => summaries.of(row));
}

function filterOf(database: Database, query: RunListing): { sql: string; values: unknown[] } {
  const parts = [`r.lifecycle_stage = 'active'`];
  const values: unknown[] = [];
  if (query.experimentId !== undefined) {
    parts.push('r.experiment_id = ?');
    values.push(query.experimentId);
  }
  if (query.states !== undefined) {
    const parents = JSON.stringify([...liveParents(database, query)]);
    const states = [...new Set(query.states)].map((state) => stateFilter(state, query, parents));
    parts.push(`(${states.map((state) => state.sql).join(' OR ') || '0'})`);
    values.push(...states.flatMap((state) => state.values));
  }
  const text = query.text?.trim().toLowerCase() ?? '';
  if (text !== '') {
    parts.push(`(instr(lower(r.name), ?) > 0 OR substr(r.run_id, 1, length(?)) = ?
      OR EXISTS (SELECT 1 FROM params p WHERE p.run = r.run AND instr(lower(p.value), ?) > 0)
      OR EXISTS (SELECT 1 FROM tags t WHERE t.run = r.run AND instr(lower(t.value), ?) > 0))`);
    values.push(text, text, text, text, text);
  }
  return { sql: parts.join(' AND '), values };
}

function stateFilter(state: RunState, clock: ActivityClock, parents: string): { sql: string; values: unknown[] } {
  const alive = '(r.recorded = 1 OR r.last_activity >= ? OR r.run_id IN (SELECT value FROM json_each(?)))';
  const values = [clock.now - clock.silence, parents];
  switch (state) {
    case 'running':
      return { sql: `(r.status = 'RUNNING' AND ${alive})`, values };
    case 'unknown':
      return { sql: `(r.status = 'RUNNING' AND NOT ${alive})`, values };
    case 'queued':
      return { sql: `r.status = 'SCHEDULED'`, values: [] };
    case 'finished':
      return { sql: `r.status = 'FINISHED'`, values: [] };
    case 'failed':
      return { sql: `r.status = 'FAILED'`, values: [] };
    case 'killed':
      return { sql: `r.status = 'KILLED'`, values: [] };
  }
}
