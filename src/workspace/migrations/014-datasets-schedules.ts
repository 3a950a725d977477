// What people on this machine agreed to run. A signature is made with a secret that lies outside of the workspace, so that
// rows that come with a copied database mean nothing. `due_time` is the next regular time; `since_time` the first of the
// failures in a row. Times are epoch milliseconds.
export const datasetsSchedules = {
  id: 14,
  name: '014-datasets-schedules',
  sql: `
    CREATE TABLE source_consents (
      signature TEXT PRIMARY KEY,
      dataset TEXT NOT NULL,
      actor TEXT NOT NULL,
      time INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE dataset_schedules (
      dataset TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      enabled_time INTEGER NOT NULL,
      due_time INTEGER NOT NULL,
      ended_time INTEGER,
      outcome TEXT CHECK (outcome IN ('fetched', 'unchanged', 'refused', 'failed')),
      message TEXT,
      failures INTEGER NOT NULL,
      since_time INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
};
