// Runs below runs. A run names its parent in a tag, and anybody may set that: so that every run is listed somewhere, and none
// below itself, the parent counts only if it is in use, of the same experiment, and began earlier.
import type { Database } from '../../../../platform/sqlite/database';
import type { RunSummary } from '../../../../protocol/run';
import { parentTag } from '../../../../protocol/runs/run-tag';

// CROSS JOIN, as SQLite reads tables in that order then: from the few runs that name a parent, and not all runs times all runs.
const named = `tags t INDEXED BY tags_of_parents CROSS JOIN runs c ON c.run = t.run CROSS JOIN runs p ON p.run_id = t.value`;
const isBelow = `p.experiment_id = c.experiment_id AND p.lifecycle_stage = 'active'
  AND (p.start_time < c.start_time OR (p.start_time = c.start_time AND p.run < c.run))`;

const below = `SELECT c.run FROM ${named}
  WHERE t.key = '${parentTag}' AND ${isBelow}`;

/** The condition that the row `r` is of a run below no other one. Below a run in the archive, which is not listed, is none. */
export const topSql = `r.run NOT IN (${below} AND p.archived = 0)`;

/** The condition that the row `r` is of a child of the run whose id is its one mark. */
export const childSql = `r.run IN (${below} AND t.value = ?)`;

/** The condition that the row `r` is of a child of a run whose name or id is in the JSON list that is its one mark. */
export const belowAnySql = `r.run IN (SELECT t.run FROM json_each(?) w CROSS JOIN runs p ON p.run_id = w.value OR p.name = w.value
  CROSS JOIN tags t ON t.key = '${parentTag}' AND t.value = p.run_id)`;

/** Whether more than `many` runs name a parent: then looking at each of them takes its time. */
export function hasManyChildren(database: Database, many: number): boolean {
  const found = database
    .prepare<[number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM tags INDEXED BY tags_of_parents WHERE key = '${parentTag}' LIMIT ?)`,
    )
    .pluck()
    .get(many + 1);
  return (found ?? 0) > many;
}

/** Tells of single runs which run they are below, and how many are below them. */
export class NestedRuns {
  readonly #parent;
  readonly #children;

  constructor(database: Database) {
    this.#parent = database.prepare<[number], { runId: string; name: string }>(
      `SELECT p.run_id AS runId, p.name FROM tags t JOIN runs p ON p.run_id = t.value
       WHERE t.run = ? AND t.key = '${parentTag}' AND p.lifecycle_stage = 'active' AND p.run != t.run`,
    );
    this.#children = database
      .prepare<[string], number>(
        `SELECT count(*) FROM ${named}
         WHERE t.key = '${parentTag}' AND t.value = ? AND c.lifecycle_stage = 'active' AND c.archived = 0 AND ${isBelow}`,
      )
      .pluck();
  }

  /** Its place among others; `run` is the number of its row. */
  of({ run, runId }: { run: number; runId: string }): Pick<RunSummary, 'parent' | 'childCount'> {
    return { parent: this.#parent.get(run) ?? null, childCount: this.#children.get(runId) ?? 0 };
  }
}
