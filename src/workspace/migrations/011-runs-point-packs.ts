// Many points of a series in one row (docs/decisions.md). Those of single writes go on being rows of metric_points until
// enough of them lie behind each other. `first_` is the key of the first point, `points` all of them (docs/database.md).
export const runsPointPacks = {
  id: 11,
  name: '011-runs-point-packs',
  sql: `
    CREATE TABLE metric_packs (
      pack INTEGER PRIMARY KEY,
      series INTEGER NOT NULL,
      first_step INTEGER NOT NULL,
      first_time INTEGER NOT NULL,
      first_value REAL NOT NULL,
      first_is_nan INTEGER NOT NULL,
      count INTEGER NOT NULL,
      points BLOB NOT NULL,
      UNIQUE (series, first_step, first_time, first_value, first_is_nan)
    ) STRICT;
  `,
};
