// Who decided what over a model. A name with rules in slipway.yaml is gated for good: the audit log keeps its rules as they
// were accepted, and gated_identities the models that ever bore such a name. Reports, approvals, waivers and decisions only
// grow, and each names its record in the audit log, which holds the hash of the row: what was written here past the engine
// has none. `digest` is over model, data, rules and champion; `files` over the files of a version. Times are epoch
// milliseconds.
const kept = (table: string): string => `
  CREATE TRIGGER ${table}_stay BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'What was decided is never changed.'); END;
  CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'What was decided is never taken away.'); END;`;

const onlyGrow = [
  'gated_identities',
  'gate_reports',
  'version_approvals',
  'rules_approvals',
  'rule_waivers',
  'model_decisions',
];

export const modelsDecisions = {
  id: 16,
  name: '016-models-decisions',
  sql: `
    ALTER TABLE model_versions ADD COLUMN author TEXT NOT NULL DEFAULT '';
    CREATE INDEX audit_records_of_rules ON audit_records (subject) WHERE action = 'rules accepted';

    CREATE TABLE gated_identities (
      model INTEGER NOT NULL REFERENCES registered_models,
      name TEXT NOT NULL,
      PRIMARY KEY (model, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE gate_reports (
      report TEXT PRIMARY KEY,
      model INTEGER NOT NULL REFERENCES registered_models,
      version INTEGER NOT NULL,
      time INTEGER NOT NULL,
      actor TEXT NOT NULL,
      digest TEXT NOT NULL,
      subject TEXT NOT NULL,
      holdout TEXT,
      verdict TEXT NOT NULL,
      body TEXT NOT NULL,
      evidence TEXT NOT NULL,
      predictions TEXT,
      audit INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX gate_reports_by_version ON gate_reports (model, version, audit);
    CREATE INDEX gate_reports_by_holdout ON gate_reports (holdout) WHERE holdout IS NOT NULL;

    CREATE TABLE version_approvals (
      approval TEXT PRIMARY KEY,
      model INTEGER NOT NULL REFERENCES registered_models,
      version INTEGER NOT NULL,
      time INTEGER NOT NULL,
      person TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('approved', 'rejected')),
      comment TEXT NOT NULL,
      digest TEXT NOT NULL,
      expires_time INTEGER,
      audit INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX version_approvals_by_version ON version_approvals (model, version, audit);

    CREATE TABLE rules_approvals (
      approval TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      time INTEGER NOT NULL,
      person TEXT NOT NULL,
      comment TEXT NOT NULL,
      digest TEXT NOT NULL,
      audit INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rules_approvals_by_name ON rules_approvals (name, audit);

    CREATE TABLE rule_waivers (
      waiver TEXT PRIMARY KEY,
      model INTEGER NOT NULL REFERENCES registered_models,
      version INTEGER NOT NULL,
      rule TEXT NOT NULL,
      time INTEGER NOT NULL,
      person TEXT NOT NULL,
      reason TEXT NOT NULL,
      expires_time INTEGER NOT NULL,
      digest TEXT NOT NULL,
      audit INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rule_waivers_by_version ON rule_waivers (model, version, audit);

    CREATE TABLE model_decisions (
      decision TEXT PRIMARY KEY,
      model INTEGER NOT NULL REFERENCES registered_models,
      version INTEGER NOT NULL,
      time INTEGER NOT NULL,
      actor TEXT NOT NULL,
      door TEXT NOT NULL,
      move TEXT NOT NULL CHECK (move IN ('promoted', 'rolled back', 'withdrawn')),
      target TEXT NOT NULL,
      before INTEGER,
      before_files TEXT,
      digest TEXT NOT NULL,
      files TEXT NOT NULL,
      report TEXT,
      reason TEXT NOT NULL,
      audit INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX model_decisions_by_model ON model_decisions (model, audit);
    ${onlyGrow.map(kept).join('\n')}
  `,
};
