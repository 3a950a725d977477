// Runs as rows: their state, their marks and the one metric that stands beside the name.
import type { Database, Statement } from '../../../../platform/sqlite/database';
import { toWire } from '../../../../protocol/number';
import type { HeadlineMetric, RunState, RunStatus, RunSummary } from '../../../../protocol/run';
import { isOwnTag, noteTag, overrideTag, shownTags, uncheckedTag } from '../../../../protocol/runs/run-tag';
import { chosenHeadlines, headlineKey, usualHeadlines } from '../headline-metric';
import { type MetricRules, metricDirection } from '../metric-direction';
import { runStateOf } from '../run-state';
import { type ActivityClock, liveParents } from './live-runs';
import { NestedRuns } from './nested-runs';

/** A run's row as `summaryColumns` read it. */
export interface SummaryRow {
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
  starred: number;
  archived: number;
  deletedTime: number | null;
}

/** A run's row with what a summary is made of; the experiment's name is joined. */
export const summaryColumns = `r.run, r.run_id AS runId, r.experiment_id AS experimentId, e.name AS experimentName,
  r.name, r.status, r.start_time AS startTime, r.end_time AS endTime, r.recorded, r.last_activity AS lastActivity,
  r.starred, r.archived, r.deleted_time AS deletedTime`;

/** Characters of a note. */
const noteLength = 400;

/** At most so many keys of a run are weighed; of a run with more, besides the first ones, those usually looked for. */
const fewKeys = 300;

/** Turns rows with `summaryColumns` into summaries. Made for one listing, over which the clock stands still. */
export class RunSummaries {
  readonly #database: Database;
  readonly #asked: ActivityClock & { rules: MetricRules };
  readonly #keys: Statement<[number, number], string>;
  readonly #last: Statement<[number, string], { value: number; nan: number }>;
  readonly #tags: Statement<[number], { key: string; value: string }>;
  /** Runs of one experiment log the same keys, so the same choice is made once. */
  readonly #chosen = new Map<string, string | undefined>();
  readonly #stopAsked: Statement<[number], number | null>;
  readonly #nested: NestedRuns;
  #parents: Set<string> | undefined;

  constructor(database: Database, asked: ActivityClock & { rules: MetricRules }) {
    this.#database = database;
    this.#asked = asked;
    this.#nested = new NestedRuns(database);
    this.#keys = database
      .prepare<[number, number], string>('SELECT key FROM metric_series WHERE run = ? ORDER BY key LIMIT ?')
      .pluck();
    this.#last = database.prepare(
      'SELECT last_value AS value, last_is_nan AS nan FROM metric_series WHERE run = ? AND key = ?',
    );
    this.#stopAsked = database
      .prepare<[number], number | null>('SELECT stop_asked FROM recordings WHERE run = ?')
      .pluck();
    this.#tags = database.prepare(
      `SELECT key, substr(value, 1, ${noteLength}) AS value FROM tags WHERE run = ? ORDER BY key`,
    );
  }

  /** The summary of one row. */
  of(row: SummaryRow): RunSummary {
    const { run, lastActivity, recorded, starred, archived, ...rest } = row;
    return {
      ...rest,
      recorded: recorded === 1,
      isStopping: recorded === 1 && row.status === 'RUNNING' && (this.#stopAsked.get(run) ?? null) !== null,
      starred: starred === 1,
      archived: archived === 1,
      state: this.#state(row),
      ...this.#words(run),
      headline: this.#headline(run),
      ...this.#nested.of(row),
    };
  }

  #state(row: SummaryRow): RunState {
    const { now, silence } = this.#asked;
    const isDeleted = row.deletedTime !== null;
    const facts = { status: row.status, recorded: row.recorded === 1, lastActivity: row.lastActivity, isDeleted };
    const state = runStateOf(facts, now, silence);
    if (state !== 'unknown' || isDeleted) return state;
    this.#parents ??= liveParents(this.#database, this.#asked);
    return this.#parents.has(row.runId) ? 'running' : 'unknown';
  }

  /** One look at the tags for both: a page asks for those of each of its runs. */
  #words(run: number): Pick<RunSummary, 'note' | 'tagPreview' | 'override' | 'unchecked'> {
    const tags = this.#tags.all(run);
    const own = tags.filter(isOwnTag);
    const first = own.slice(0, shownTags.most).map(({ key, value }) => ({
      key,
      value: value.slice(0, shownTags.valueLength),
    }));
    const tagValue = (wanted: string): string | null => tags.find(({ key }) => key === wanted)?.value ?? null;
    return {
      note: tagValue(noteTag),
      tagPreview: { count: own.length, first },
      override: tagValue(overrideTag),
      unchecked: tagValue(uncheckedTag),
    };
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
