// Where Slipway's answers may differ from those of MLflow's server, and why. Each of these is used by the session of
// requests, and stands in docs/mlflow-differences.md as the row named here.
import type { Difference } from './difference';

/** `row`: the first cell of the table row in the documentation that says the same. */
export interface AllowedDifference {
  name: string;
  row: string;
  because: string;
  covers(difference: Difference): boolean;
}

/** Every difference that is meant. */
export const allowedDifferences: AllowedDifference[] = [];

/** Lists that MLflow gives in the order in which its database happens to find the rows: nobody may rely on it. */
export function hasNoOrder(_request: string, field: string): boolean {
  return /(^|\.)(tags|params|aliases|dataset_inputs)$|\.data\.metrics$/.test(field);
}
