// Whether the files that runs name are there: a database that was copied without its folder of contents has none.
import { existsSync } from 'node:fs';
import type { Database } from '../../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';

/** How many artifacts and contents of datasets are ours, how many of both are missing, and a name or two of them. */
export interface ContentCheck {
  artifacts: number;
  data: number;
  missing: number;
  examples: string[];
}

const mostExamples = 2;

/** Looks for the contents of all artifacts and of all kept data below the workspace `root`; slow where there are many, so for a reader thread. */
export function contentCheck(database: Database, { root }: { root: string }): ContentCheck {
  const layout = new WorkspaceLayout(root);
  const check: ContentCheck = { artifacts: 0, data: 0, missing: 0, examples: [] };
  const known = new Map<string, boolean>();
  const look = (name: string, sha256: string): void => {
    const isThere = known.get(sha256) ?? existsSync(layout.object(sha256));
    known.set(sha256, isThere);
    if (isThere) return;
    check.missing += 1;
    if (check.examples.length < mostExamples) check.examples.push(name);
  };
  for (const { name, sha256, of } of keptNames(database)) {
    check[of] += 1;
    look(name, sha256);
  }
  return check;
}

/** A content that is kept, and what to call it. */
export interface KeptName {
  name: string;
  sha256: string;
  of: 'artifacts' | 'data';
}

/** Every name that the workspace keeps a content for: artifacts by path, then what versions of datasets hold. */
export function* keptNames(database: Database): Generator<KeptName> {
  const rows = database.prepare<[], { path: string; sha256: string }>(
    'SELECT path, sha256 FROM artifacts ORDER BY path',
  );
  for (const { path, sha256 } of rows.iterate()) yield { name: path, sha256, of: 'artifacts' };
  const contents = database.prepare<[], { sha256: string }>('SELECT sha256 FROM dataset_contents ORDER BY sha256');
  for (const { sha256 } of contents.iterate()) {
    yield { name: `the data ${sha256.slice(0, 12)}`, sha256, of: 'data' };
  }
}
