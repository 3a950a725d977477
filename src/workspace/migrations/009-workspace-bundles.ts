// artifacts_trash: what was deleted and can be taken back, the same path as often as it was deleted. loose_series: series
// whose points no run owns, because it is being brought in or erased in many small steps; what a killed engine leaves
// there is swept later, and no new series takes such a number. erased_runs: runs that are gone for good, whose folders may
// go too.
export const workspaceBundles = {
  id: 9,
  name: '009-workspace-bundles',
  sql: `
    CREATE TABLE artifacts_trash (
      trash INTEGER PRIMARY KEY,
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      size INTEGER NOT NULL,
      time INTEGER NOT NULL,
      deleted_time INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX artifacts_trash_by_path ON artifacts_trash (path);
    CREATE INDEX artifacts_trash_by_content ON artifacts_trash (sha256);
    CREATE TABLE loose_series (
      series INTEGER PRIMARY KEY
    ) STRICT;
    CREATE TABLE erased_runs (
      run_id TEXT PRIMARY KEY,
      time INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
