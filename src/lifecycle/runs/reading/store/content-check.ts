// Whether the files that runs name are there: a database that was copied without its folder of contents has none.
import { existsSync } from 'node:fs';
import type { Database } from '../../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';

/** How many artifacts have contents of ours, how many of these are missing, and a path or two of them. */
export interface ContentCheck {
  artifacts: number;
  missing: number;
  examples: string[];
}

const mostExamples = 2;

/** Looks for the contents of all artifacts below the workspace `root`; slow where there are many, so for a reader thread. */
export function contentCheck(database: Database, { root }: { root: string }): ContentCheck {
  const layout = new WorkspaceLayout(root);
  const check: ContentCheck = { artifacts: 0, missing: 0, examples: [] };
  const known = new Map<string, boolean>();
  const rows = database.prepare<[], { path: string; sha256: string }>(
    'SELECT path, sha256 FROM artifacts ORDER BY path',
  );
  for (const { path, sha256 } of rows.iterate()) {
    const isThere = known.get(sha256) ?? existsSync(layout.object(sha256));
    known.set(sha256, isThere);
    check.artifacts += 1;
    if (isThere) continue;
    check.missing += 1;
    if (check.examples.length < mostExamples) check.examples.push(path);
  }
  return check;
}
