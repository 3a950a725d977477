// What a compare panel keeps of how its evidence is looked at.

export interface EvidenceState {
  /** From which score on a row is told positive; null: as the models themselves told. */
  threshold: number | null;
  /** The class that is set against the rest; null: the usual one. */
  positive: string | null;
  bins: 'quantile' | 'uniform';
  /** Shares of each true class instead of counts. */
  isShares: boolean;
  /** The name of the file item that is open; '' for none, null until one was chosen. */
  file: string | null;
  /** The chosen step by the item's name. */
  steps: Record<string, number>;
  /** How many times larger images are shown. */
  magnification: number;
  onlyDiffering: boolean;
  /** The flipped row that is open: which way it went, and its place; null for none. */
  example: { flip: 'broken' | 'fixed'; place: number } | null;
  /** The slice whose flips are shown; null: all rows. */
  slice: { column: string; value: string } | null;
}

export const firstEvidenceState: EvidenceState = {
  threshold: null,
  positive: null,
  bins: 'quantile',
  isShares: true,
  file: null,
  steps: {},
  magnification: 1,
  onlyDiffering: true,
  example: null,
  slice: null,
};
