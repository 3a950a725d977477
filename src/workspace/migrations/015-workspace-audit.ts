// What was decided and done, in order, each record holding the hash of the one before. `detail` is a JSON object as it was
// hashed. `seal` is a signature of the hash with this user's key on this machine; empty where there was none. Times are
// epoch milliseconds. The table refuses to be changed; whoever takes the triggers away is told by the hashes.
export const workspaceAudit = {
  id: 15,
  name: '015-workspace-audit',
  sql: `
    CREATE TABLE audit_records (
      seq INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      prev TEXT NOT NULL,
      hash TEXT NOT NULL,
      seal TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audit_records_by_subject ON audit_records (subject, seq);
    CREATE TRIGGER audit_records_stay BEFORE UPDATE ON audit_records
      BEGIN SELECT RAISE(ABORT, 'A record of the audit log is never changed.'); END;
    CREATE TRIGGER audit_records_kept BEFORE DELETE ON audit_records
      BEGIN SELECT RAISE(ABORT, 'A record of the audit log is never taken away.'); END;
  `,
};
