// When a run was first asked to stop: every window then knows that the next request is to be a hard one, and a run whose
// recorder went with its command can say that this was asked for. Epoch milliseconds.
export const runsStops = {
  id: 6,
  name: '006-runs-stops',
  sql: `
    ALTER TABLE recordings ADD COLUMN stop_asked INTEGER;
  `,
};
