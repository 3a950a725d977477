// What is compared from version to version: `measures` is JSON of rows, nulls, different values and means. An expected
// number is one that somebody looked at and found right; it is judged no more and counts for no other. `column_name` is ''
// for the number of rows.
export const datasetsBatches = {
  id: 13,
  name: '013-datasets-batches',
  sql: `
    CREATE TABLE dataset_batches (
      version INTEGER PRIMARY KEY REFERENCES dataset_versions ON DELETE CASCADE,
      measures TEXT NOT NULL,
      time INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE dataset_expected (
      version INTEGER NOT NULL REFERENCES dataset_versions ON DELETE CASCADE,
      measure TEXT NOT NULL CHECK (measure IN ('rows', 'nulls', 'distinct', 'mean')),
      column_name TEXT NOT NULL,
      actor TEXT NOT NULL,
      time INTEGER NOT NULL,
      PRIMARY KEY (version, measure, column_name)
    ) STRICT, WITHOUT ROWID;
  `,
};
