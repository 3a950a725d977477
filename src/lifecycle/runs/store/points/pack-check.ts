// Whether the packed points are as they were written: SQLite does not notice damage within a value.
import type { Database } from '../../../../platform/sqlite/database';
import { isPack } from './packed-points';

/** One phrase per metric with damaged points, ten at most; empty when all are sound. Reads them all. */
export function packCheck(database: Database): string[] {
  const packs = database.prepare<[], { series: number; points: Buffer }>('SELECT series, points FROM metric_packs');
  const damaged = new Set<number>();
  for (const { series, points } of packs.iterate()) {
    if (damaged.size < 10 && !isPack(points)) damaged.add(series);
  }
  const owner = database.prepare<[number], { key: string; name: string }>(
    'SELECT s.key, r.name FROM metric_series s JOIN runs r USING (run) WHERE s.series = ?',
  );
  return [...damaged].map((series) => {
    const found = owner.get(series);
    const whose = found === undefined ? 'a metric' : `${found.key} of ${found.name}`;
    return `points of ${whose} are damaged`;
  });
}
