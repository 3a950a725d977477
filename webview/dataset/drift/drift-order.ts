// In which order columns are read: what drifted first, of that what counts most in the model, then what moved furthest beyond its
// threshold.
import type { DriftColumn, DriftVerdict } from '../../../src/protocol/datasets/drift';
import { type ColumnWeights, weightShares } from '../../../src/protocol/datasets/panel/column-weights';
import { fromWire } from '../../../src/protocol/number';

const ranks: Readonly<Record<DriftVerdict, number>> = { drift: 0, 'too small to tell': 1, 'no drift': 2 };

/** The columns in that order, those of unknown weight behind; the given list is left as it is. */
export function inOrder(columns: readonly DriftColumn[], weights: ColumnWeights = {}): DriftColumn[] {
  const shares = weightShares(columns, weights);
  const share = ({ column }: DriftColumn): number => shares.get(column) ?? -1;
  return [...columns].sort(
    (a, b) =>
      ranks[a.verdict] - ranks[b.verdict] ||
      share(b) - share(a) ||
      beyond(b) - beyond(a) ||
      a.column.localeCompare(b.column),
  );
}

/** How far beyond its threshold, as a ratio; a small p lies far beyond. */
function beyond({ score, threshold, isTest }: DriftColumn): number {
  const value = fromWire(score);
  if (Number.isNaN(value)) return -1;
  return isTest ? threshold / Math.max(value, Number.MIN_VALUE) : value / (threshold || 1);
}
