// A column with its score, before it is known how the other columns of the batch fared.
import type { DriftColumn } from '../../../protocol/datasets/drift';
import type { ColumnSample, Sides } from './column-sample';

/** A number that JSON cannot write is itself here. */
export type JudgedColumn = Omit<DriftColumn, 'score' | 'pAdjusted'> & { score: number };

/** Why a column cannot be judged, as the rest of a sentence that begins with its name. `isLost`: the reference holds values, and the current table none. */
export interface Unjudged {
  reason: string;
  isLost?: boolean;
}

/** The counts of nulls as they are told. */
export function nullCounts({ rows, nulls }: Pick<ColumnSample, 'rows' | 'nulls'>): Sides<DriftColumn['reference']> {
  return {
    reference: { rows: rows.reference, nulls: nulls.reference },
    current: { rows: rows.current, nulls: nulls.current },
  };
}
