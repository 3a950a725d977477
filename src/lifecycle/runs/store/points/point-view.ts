// For people who ask the database in SQL: `metric_points` with all points, also those that lie in packs.
import type { Database } from '../../../../platform/sqlite/database';
import { unpackPoints } from './packed-points';

/** Makes the view, for this connection alone. A pack that is damaged fails the statement that reads it. */
export function createPointView(database: Database): void {
  database.table('points_of_pack', {
    columns: ['step', 'time', 'value', 'is_nan'],
    parameters: ['pack'],
    safeIntegers: true,
    *rows(pack) {
      const block = unpackPoints(pack as Buffer);
      for (let at = 0; at < block.length; at++) {
        const { step, time, value, nan } = block.key(at);
        yield [BigInt(step), BigInt(time), value, BigInt(nan)];
      }
    },
  });
  database.exec(`
    CREATE TEMP VIEW metric_points AS
      SELECT series, step, time, value, is_nan FROM main.metric_points
      UNION ALL
      SELECT p.series, u.step, u.time, u.value, u.is_nan FROM main.metric_packs p, points_of_pack(p.points) u`);
}
