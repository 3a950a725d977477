// Times of traces are epoch milliseconds, of spans epoch nanoseconds. A deleted trace keeps its rows with the time of its
// deletion and is found no more; its id is free again. A trace may be told before its spans or after the first of them, and
// belongs to every run it was made in or linked to. Attributes, events and links of a span are JSON in `content`, with the
// types that the OpenTelemetry protocol gives them.
export const runsTraces = {
  id: 8,
  name: '008-runs-traces',
  sql: `
    CREATE TABLE traces (
      trace INTEGER PRIMARY KEY,
      trace_id TEXT NOT NULL,
      experiment_id TEXT NOT NULL,
      request_time INTEGER NOT NULL,
      duration INTEGER,
      state TEXT NOT NULL CHECK (state IN ('STATE_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS')),
      client_request_id TEXT,
      request_preview TEXT,
      response_preview TEXT,
      deleted_time INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX traces_by_id ON traces (trace_id) WHERE deleted_time IS NULL;
    CREATE INDEX traces_by_experiment ON traces (experiment_id, request_time DESC, trace_id) WHERE deleted_time IS NULL;
    CREATE TABLE trace_tags (
      trace INTEGER NOT NULL REFERENCES traces,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (trace, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trace_metadata (
      trace INTEGER NOT NULL REFERENCES traces,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (trace, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trace_runs (
      run_id TEXT NOT NULL,
      trace INTEGER NOT NULL REFERENCES traces,
      PRIMARY KEY (run_id, trace)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trace_runs_by_trace ON trace_runs (trace);
    CREATE TABLE trace_prompts (
      trace INTEGER NOT NULL REFERENCES traces,
      prompt TEXT NOT NULL,
      PRIMARY KEY (trace, prompt)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE spans (
      trace INTEGER NOT NULL REFERENCES traces,
      span_id TEXT NOT NULL,
      parent_id TEXT,
      name TEXT NOT NULL,
      type TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('UNSET', 'OK', 'ERROR')),
      start_ns INTEGER NOT NULL,
      end_ns INTEGER,
      content TEXT NOT NULL,
      PRIMARY KEY (trace, span_id)
    ) STRICT;

    CREATE TABLE trace_assessments (
      assessment INTEGER PRIMARY KEY,
      trace INTEGER NOT NULL REFERENCES traces,
      assessment_id TEXT NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('feedback', 'expectation', 'issue')),
      value TEXT NOT NULL,
      valid INTEGER NOT NULL CHECK (valid IN (0, 1)),
      overrides TEXT,
      content TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX trace_assessments_by_id ON trace_assessments (trace, assessment_id);
  `,
};
