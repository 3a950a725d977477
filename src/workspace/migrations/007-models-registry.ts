// Times are epoch milliseconds. Nothing of the registry is ever taken out: a deleted model or version keeps its row with
// the time of its deletion, so that what a version was made from stays known. A model's number is its identity, its name a
// label that is free again after a deletion. next_version only grows. registry_events holds every move, in order, under
// the name the model had then; `gate` says by what rule a move was let through.
export const modelsRegistry = {
  id: 7,
  name: '007-models-registry',
  sql: `
    CREATE TABLE registered_models (
      model INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      description TEXT,
      creation_time INTEGER NOT NULL,
      last_update_time INTEGER NOT NULL,
      next_version INTEGER NOT NULL DEFAULT 1,
      deleted_time INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX registered_models_by_name ON registered_models (name) WHERE deleted_time IS NULL;
    CREATE TABLE registered_model_tags (
      model INTEGER NOT NULL REFERENCES registered_models,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE model_versions (
      model INTEGER NOT NULL REFERENCES registered_models,
      version INTEGER NOT NULL,
      description TEXT,
      stage TEXT NOT NULL DEFAULT 'None' CHECK (stage IN ('None', 'Staging', 'Production', 'Archived')),
      source TEXT NOT NULL,
      storage_location TEXT NOT NULL,
      run_id TEXT NOT NULL,
      run_link TEXT NOT NULL,
      model_id TEXT NOT NULL,
      creation_time INTEGER NOT NULL,
      last_update_time INTEGER NOT NULL,
      deleted_time INTEGER,
      PRIMARY KEY (model, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX model_versions_by_stage ON model_versions (model, stage, version) WHERE deleted_time IS NULL;
    CREATE INDEX model_versions_by_time ON model_versions (last_update_time DESC) WHERE deleted_time IS NULL;
    CREATE INDEX model_versions_by_run ON model_versions (run_id);
    CREATE TABLE model_version_tags (
      model INTEGER NOT NULL,
      version INTEGER NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model, version, key),
      FOREIGN KEY (model, version) REFERENCES model_versions
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE model_aliases (
      model INTEGER NOT NULL,
      alias TEXT NOT NULL,
      version INTEGER NOT NULL,
      PRIMARY KEY (model, alias),
      FOREIGN KEY (model, version) REFERENCES model_versions
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE registry_events (
      event INTEGER PRIMARY KEY AUTOINCREMENT,
      time INTEGER NOT NULL,
      actor TEXT NOT NULL,
      move TEXT NOT NULL,
      model INTEGER NOT NULL REFERENCES registered_models,
      model_name TEXT NOT NULL,
      version INTEGER,
      alias TEXT,
      from_value TEXT,
      to_value TEXT,
      gate TEXT NOT NULL
    ) STRICT;
    CREATE INDEX registry_events_by_model ON registry_events (model, event);
    CREATE TRIGGER registry_events_stay BEFORE UPDATE ON registry_events
      BEGIN SELECT RAISE(ABORT, 'The history of the registry is never changed.'); END;
    CREATE TRIGGER registry_events_kept BEFORE DELETE ON registry_events
      BEGIN SELECT RAISE(ABORT, 'The history of the registry is never changed.'); END;
  `,
};
