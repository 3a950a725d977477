// One row per recorded command. What the recorder wrote is kept as its JSON; the offsets say how far each of its files
// has been taken in, and move in the same transaction as the points read up to them: taken in once, in order.
export const runsRecordings = {
  id: 3,
  name: '003-runs-recordings',
  sql: `
    CREATE TABLE recordings (
      run INTEGER PRIMARY KEY REFERENCES runs,
      recorder_pid INTEGER NOT NULL,
      recorder_mark TEXT,
      child_pid INTEGER,
      child_mark TEXT,
      spec TEXT NOT NULL,
      git TEXT,
      environment TEXT,
      inputs TEXT,
      outputs TEXT,
      exit_code INTEGER,
      signal TEXT,
      lost TEXT,
      metrics_offset INTEGER NOT NULL DEFAULT 0,
      stdout_metrics_offset INTEGER NOT NULL DEFAULT 0,
      resources_offset INTEGER NOT NULL DEFAULT 0,
      problems TEXT NOT NULL DEFAULT '[]',
      done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
    ) STRICT;
  `,
};
