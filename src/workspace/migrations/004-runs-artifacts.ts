// One row per proxied artifact: its path under the artifact root (1/<run>/artifacts/a/b) and its content's hash.
export const runsArtifacts = {
  id: 4,
  name: '004-runs-artifacts',
  sql: `
    CREATE TABLE artifacts (
      path TEXT PRIMARY KEY,
      sha256 TEXT NOT NULL,
      size INTEGER NOT NULL,
      time INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX artifacts_by_content ON artifacts (sha256);
  `,
};
