// Who decided what over a model. A name with rules in slipway.yaml is gated for good: gated_models keeps its rules as they
// were accepted, and what slipway.yaml says instead until somebody decides over it (pending). gated_identities binds the
// models that ever bore such a name. Reports, approvals, waivers and decisions only grow, and each names its record in the
// audit log: what was written here past the engine has none. `digest` is over model, data, rules and champion. Times are
// epoch milliseconds.
const kept = (table: string): string => `
  CREATE TRIGGER ${table}_stay BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'What was decided is never changed.'); END;
  CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'What was decided is never taken away.'); END;`;

export const modelsDecisions = {
  id: 16,
  name: '016-models-decisions',
  sql: `
    ALTER TABLE model_versions ADD COLUMN author TEXT NOT NULL DEFAULT '';

    CREATE TABLE gated_models (
      gated INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      definition TEXT NOT NULL,
      accepted_time INTEGER NOT NULL,
      accepted_by TEXT NOT NULL,
      pending TEXT,
      pending_time INTEGER,
      pending_by TEXT
    ) STRICT;
    CREATE TABLE gated_identities (
      model INTEGER NOT NULL REFERENCES registered_models,
      gated INTEGER NOT NULL REFERENCES gated_models,
      PRIMARY KEY (model, gated)
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
    CREATE INDEX gate_reports_by_version ON gate_reports (model, version, time);
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
    CREATE INDEX version_approvals_by_version ON version_approvals (model, version, time);

    CREATE TABLE rules_approvals (
      approval TEXT PRIMARY KEY,
      gated INTEGER NOT NULL REFERENCES gated_models,
      time INTEGER NOT NULL,
      person TEXT NOT NULL,
      comment TEXT NOT NULL,
      digest TEXT NOT NULL,
      audit INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rules_approvals_by_model ON rules_approvals (gated, time);

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
    CREATE INDEX rule_waivers_by_version ON rule_waivers (model, version, time);

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
      digest TEXT NOT NULL,
      files TEXT NOT NULL,
      report TEXT,
      reason TEXT NOT NULL,
      audit INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX model_decisions_by_model ON model_decisions (model, time);
    ${['gate_reports', 'version_approvals', 'rules_approvals', 'rule_waivers', 'model_decisions'].map(kept).join('\n')}
  `,
};
