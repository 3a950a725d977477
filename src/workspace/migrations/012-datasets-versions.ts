// Times are epoch milliseconds. A version is named by its content: the SHA-256 of its one file, or of the listing of its
// files, which dataset_listings keeps once for all that have it. dataset_contents names the contents that versions hold in
// the object store; one that no listing names any more is swept. `query` is the SELECT of a version that is one. hashed_files is what the digests of a file were while it
// looked as `stamp` says (size, times, inode). Overrides and edges are written once: who used failing data and why, and
// how data came from elsewhere, where no other table says so.
export const datasetsVersions = {
  id: 12,
  name: '012-datasets-versions',
  sql: `
    CREATE TABLE datasets (
      dataset INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      definition TEXT NOT NULL,
      created_time INTEGER NOT NULL,
      deleted_time INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX datasets_by_name ON datasets (name) WHERE deleted_time IS NULL;

    CREATE TABLE dataset_listings (
      id TEXT PRIMARY KEY,
      listing BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE dataset_versions (
      version INTEGER PRIMARY KEY,
      dataset INTEGER NOT NULL REFERENCES datasets,
      id TEXT NOT NULL REFERENCES dataset_listings,
      dvc TEXT,
      created_time INTEGER NOT NULL,
      seen_time INTEGER NOT NULL,
      files INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      row_count INTEGER,
      column_count INTEGER,
      reference_why TEXT,
      query TEXT,
      deleted_time INTEGER,
      UNIQUE (dataset, id)
    ) STRICT;
    CREATE INDEX dataset_versions_by_time ON dataset_versions (dataset, seen_time DESC, version DESC);
    CREATE INDEX dataset_versions_by_id ON dataset_versions (id);
    CREATE TABLE dataset_contents (
      sha256 TEXT PRIMARY KEY,
      size INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE hashed_files (
      path TEXT PRIMARY KEY,
      stamp TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      md5 TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE dataset_labels (
      dataset INTEGER NOT NULL REFERENCES datasets,
      label TEXT NOT NULL,
      version INTEGER NOT NULL REFERENCES dataset_versions,
      time INTEGER NOT NULL,
      PRIMARY KEY (dataset, label)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dataset_labels_by_version ON dataset_labels (version);
    CREATE TABLE dataset_results (
      result INTEGER PRIMARY KEY,
      version INTEGER NOT NULL REFERENCES dataset_versions,
      kind TEXT NOT NULL CHECK (kind IN ('profile', 'check', 'drift')),
      digest TEXT NOT NULL,
      verdict TEXT,
      summary TEXT NOT NULL,
      time INTEGER NOT NULL,
      value TEXT NOT NULL,
      UNIQUE (version, kind, digest)
    ) STRICT;
    CREATE INDEX dataset_results_by_time ON dataset_results (version, kind, time DESC);

    CREATE TABLE dataset_overrides (
      override INTEGER PRIMARY KEY AUTOINCREMENT,
      time INTEGER NOT NULL,
      actor TEXT NOT NULL,
      dataset TEXT NOT NULL,
      version TEXT NOT NULL,
      run_id TEXT NOT NULL,
      reason TEXT NOT NULL,
      failed TEXT NOT NULL
    ) STRICT;
    CREATE INDEX dataset_overrides_by_run ON dataset_overrides (run_id);
    CREATE TRIGGER dataset_overrides_stay BEFORE UPDATE ON dataset_overrides
      BEGIN SELECT RAISE(ABORT, 'What was overridden is never changed.'); END;
    CREATE TRIGGER dataset_overrides_kept BEFORE DELETE ON dataset_overrides
      BEGIN SELECT RAISE(ABORT, 'What was overridden is never changed.'); END;

    CREATE TABLE lineage_edges (
      from_kind TEXT NOT NULL,
      from_id TEXT NOT NULL,
      to_kind TEXT NOT NULL,
      to_id TEXT NOT NULL,
      how TEXT NOT NULL,
      known_by TEXT NOT NULL CHECK (known_by IN ('content', 'name', 'declared')),
      time INTEGER NOT NULL,
      PRIMARY KEY (from_kind, from_id, to_kind, to_id, how)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX lineage_edges_back ON lineage_edges (to_kind, to_id);
  `,
};
