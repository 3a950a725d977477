// How many points a database holds, as rows and in packs.

/** SQL for the number of points of all series. */
export const pointCount =
  'SELECT (SELECT count(*) FROM metric_points) + (SELECT coalesce(sum(count), 0) FROM metric_packs)';
