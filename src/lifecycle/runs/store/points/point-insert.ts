/** Adds one point (series, step, time, value, whether it is NaN) and leaves the very same one, if it is there, as it is. */
export const pointInsert =
  'INSERT OR IGNORE INTO metric_points (series, step, time, value, is_nan) VALUES (?, ?, ?, ?, ?)';
