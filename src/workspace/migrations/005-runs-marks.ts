// A star and the archive are a person's marks on a run. Archived runs are left out of most lists, so the indexes by which
// runs are listed say which they are, behind the order that every search needs.
export const runsMarks = {
  id: 5,
  name: '005-runs-marks',
  sql: `
    ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
    ALTER TABLE runs ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
    DROP INDEX runs_by_experiment;
    DROP INDEX runs_by_start;
    CREATE INDEX runs_by_experiment ON runs (experiment_id, lifecycle_stage, start_time DESC, run_id, archived);
    CREATE INDEX runs_by_start ON runs (lifecycle_stage, start_time DESC, run_id, archived);
    CREATE INDEX logged_models_by_name ON logged_models (name);
    CREATE INDEX run_datasets_by_name ON run_datasets (name);
    CREATE INDEX run_inputs_by_dataset ON run_inputs (dataset);
  `,
};
