// Whether the points of a series came in the order of their times and of their steps alike, as those of a training do:
// then their history can be read as it lies, without sorting. Of series that were there before nothing is known.
export const runsSeriesOrder = {
  id: 10,
  name: '010-runs-series-order',
  sql: `
    ALTER TABLE metric_series ADD COLUMN in_order INTEGER NOT NULL DEFAULT 0 CHECK (in_order IN (0, 1));
  `,
};
