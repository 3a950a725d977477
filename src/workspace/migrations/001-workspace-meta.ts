// What the workspace itself is remembered by: values by name.
export const workspaceMeta = {
  id: 1,
  name: '001-workspace-meta',
  sql: `
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
