// The runs below a run, found by the run they name as their parent.
export const runsNested = {
  id: 17,
  name: '017-runs-nested',
  sql: `CREATE INDEX tags_of_parents ON tags (value, run) WHERE key = 'mlflow.parentRunId';`,
};
