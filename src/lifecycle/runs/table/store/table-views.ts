// The saved views of the runs table, kept with the workspace: every window and every later one has them.
import * as z from 'zod';
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import {
  mostTableViews,
  type SavedTableView,
  savedTableView,
  type TableView,
} from '../../../../protocol/runs/run-table';

const key = 'runs.table-views';
const list = z.array(savedTableView);

/** The views, by name. One that a newer version wrote in a form of its own is left out. */
export function tableViews(database: Database): SavedTableView[] {
  return kept(database)
    .map((each) => savedTableView.safeParse(each).data)
    .filter((each) => each !== undefined)
    .sort((left, right) => left.name.localeCompare(right.name));
}

/** Keeps a view under a name; null takes it away. Throws SlipwayError `invalid` when there are too many. */
export function keepTableView(database: Database, name: string, view: TableView | null): void {
  const others = kept(database).filter((each) => (each as { name?: unknown } | null)?.name !== name);
  if (view !== null && others.length >= mostTableViews) {
    throw new SlipwayError('invalid', `A workspace keeps ${mostTableViews} views. Delete one, then save this one.`);
  }
  const next = view === null ? others : [...others, ...list.parse([{ name, view }])];
  database
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(key, JSON.stringify(next));
}

function kept(database: Database): unknown[] {
  const row = database.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?').get(key);
  try {
    const value: unknown = JSON.parse(row?.value ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
