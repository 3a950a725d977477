// Which runs keep a file of a content, among their own artifacts or those of a model that they logged.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** One such file. `path` is that of the artifact below the artifact root. */
export interface KeptContent {
  runId: string;
  path: string;
}

const mostFiles = 200;
const owner = /(?:^|\/)(?<owner>(?:m-)?[0-9a-f]{32})\/artifacts\//;

/** The files with these bytes, the newest first. */
export function keptContents(database: Database, sha256: string): KeptContent[] {
  const files = prepared<[string, number], { path: string }>(
    database,
    'SELECT path FROM artifacts WHERE sha256 = ? ORDER BY time DESC LIMIT ?',
  ).all(sha256, mostFiles);
  const source = prepared<[string], { runId: string | null }>(
    database,
    'SELECT source_run_id AS runId FROM logged_models WHERE model_id = ?',
  );
  return files.flatMap(({ path }) => {
    const id = owner.exec(path)?.groups?.owner ?? '';
    const runId = id.startsWith('m-') ? (source.get(id)?.runId ?? '') : id;
    return runId === '' ? [] : [{ runId, path }];
  });
}

/** The SHA-256 of an artifact by its path below the artifact root; undefined where there is none. */
export function artifactContent(database: Database, path: string): string | undefined {
  return prepared<[string], { sha256: string }>(database, 'SELECT sha256 FROM artifacts WHERE path = ?').get(path)
    ?.sha256;
}

/** A file of a run; `path` is that below the run's own artifacts. Bytes in `size`. */
export interface RunFile {
  path: string;
  sha256: string;
  size: number;
}

/** The artifacts of a run whose names end like this, at most `most`. */
export function filesOfRun(
  database: Database,
  runId: string,
  { endings, most }: { endings: readonly string[]; most: number },
): RunFile[] {
  // `0` follows `/` in Unicode.
  const sql = `SELECT substr(a.path, length(r.root) + 2) AS path, a.sha256, a.size
    FROM (SELECT experiment_id || '/' || run_id || '/artifacts' AS root FROM runs WHERE run_id = @runId) r
    JOIN artifacts a ON a.path > r.root || '/' AND a.path < r.root || '0'
    WHERE EXISTS (SELECT 1 FROM json_each(@endings) WHERE lower(a.path) LIKE '%' || value) LIMIT @most`;
  return prepared<[Record<string, unknown>], RunFile>(database, sql).all({
    runId,
    endings: JSON.stringify(endings),
    most,
  });
}
