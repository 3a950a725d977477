// Times are epoch milliseconds. A metric value that is NaN is stored as 0 with is_nan = 1, because SQLite turns NaN
// into NULL; infinities are stored as themselves. metric_series carries the latest point (by step, time, value) and
// the extremes, kept in the same transaction as the points.
export const runsTracking = {
  id: 2,
  name: '002-runs-tracking',
  sql: `
    CREATE TABLE experiments (
      experiment_id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      artifact_location TEXT NOT NULL,
      lifecycle_stage TEXT NOT NULL CHECK (lifecycle_stage IN ('active', 'deleted')),
      creation_time INTEGER NOT NULL,
      last_update_time INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE experiment_tags (
      experiment_id TEXT NOT NULL REFERENCES experiments,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (experiment_id, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      run INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE,
      experiment_id TEXT NOT NULL REFERENCES experiments,
      name TEXT NOT NULL,
      user_id TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED')),
      start_time INTEGER NOT NULL,
      end_time INTEGER,
      lifecycle_stage TEXT NOT NULL CHECK (lifecycle_stage IN ('active', 'deleted')),
      deleted_time INTEGER,
      artifact_uri TEXT NOT NULL,
      recorded INTEGER NOT NULL DEFAULT 0 CHECK (recorded IN (0, 1)),
      last_activity INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_experiment ON runs (experiment_id, lifecycle_stage, start_time DESC, run_id);
    CREATE INDEX runs_by_start ON runs (lifecycle_stage, start_time DESC, run_id);
    CREATE INDEX runs_by_name ON runs (name);
    CREATE INDEX runs_unfinished ON runs (status) WHERE status IN ('RUNNING', 'SCHEDULED');

    CREATE TABLE params (
      run INTEGER NOT NULL REFERENCES runs,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (run, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tags (
      run INTEGER NOT NULL REFERENCES runs,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (run, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE metric_series (
      series INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES runs,
      key TEXT NOT NULL,
      count INTEGER NOT NULL,
      last_step INTEGER NOT NULL,
      last_time INTEGER NOT NULL,
      last_value REAL NOT NULL,
      last_is_nan INTEGER NOT NULL,
      min_value REAL,
      min_step INTEGER,
      max_value REAL,
      max_step INTEGER,
      non_finite INTEGER NOT NULL,
      UNIQUE (run, key)
    ) STRICT;
    CREATE INDEX metric_series_by_key ON metric_series (key, last_value);
    CREATE TABLE metric_points (
      series INTEGER NOT NULL,
      step INTEGER NOT NULL,
      time INTEGER NOT NULL,
      value REAL NOT NULL,
      is_nan INTEGER NOT NULL,
      PRIMARY KEY (series, step, time, value, is_nan)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run_datasets (
      dataset INTEGER PRIMARY KEY,
      experiment_id TEXT NOT NULL REFERENCES experiments,
      name TEXT NOT NULL,
      digest TEXT NOT NULL,
      source_type TEXT NOT NULL,
      source TEXT NOT NULL,
      schema TEXT,
      profile TEXT,
      UNIQUE (experiment_id, name, digest)
    ) STRICT;
    CREATE TABLE run_inputs (
      run INTEGER NOT NULL REFERENCES runs,
      dataset INTEGER NOT NULL REFERENCES run_datasets,
      PRIMARY KEY (run, dataset)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE run_input_tags (
      run INTEGER NOT NULL REFERENCES runs,
      dataset INTEGER NOT NULL REFERENCES run_datasets,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (run, dataset, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE logged_models (
      model_id TEXT PRIMARY KEY,
      experiment_id TEXT NOT NULL REFERENCES experiments,
      name TEXT NOT NULL,
      artifact_uri TEXT NOT NULL,
      status TEXT NOT NULL,
      status_message TEXT,
      model_type TEXT NOT NULL,
      source_run_id TEXT,
      creation_time INTEGER NOT NULL,
      last_update_time INTEGER NOT NULL,
      lifecycle_stage TEXT NOT NULL DEFAULT 'active' CHECK (lifecycle_stage IN ('active', 'deleted'))
    ) STRICT;
    CREATE INDEX logged_models_by_experiment ON logged_models (experiment_id, creation_time DESC, model_id);
    CREATE INDEX logged_models_by_run ON logged_models (source_run_id);
    CREATE TABLE logged_model_params (
      model_id TEXT NOT NULL REFERENCES logged_models,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE logged_model_tags (
      model_id TEXT NOT NULL REFERENCES logged_models,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE logged_model_metrics (
      model_id TEXT NOT NULL REFERENCES logged_models,
      key TEXT NOT NULL,
      time INTEGER NOT NULL,
      step INTEGER NOT NULL,
      run_id TEXT NOT NULL,
      value REAL NOT NULL,
      is_nan INTEGER NOT NULL,
      dataset_name TEXT NOT NULL DEFAULT '',
      dataset_digest TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (model_id, key, time, step, run_id, dataset_name, dataset_digest)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE run_models (
      run INTEGER NOT NULL REFERENCES runs,
      model_id TEXT NOT NULL,
      direction TEXT NOT NULL CHECK (direction IN ('input', 'output')),
      step INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (run, direction, model_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
