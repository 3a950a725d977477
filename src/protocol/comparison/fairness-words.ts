// What groups get of predictions, in words: the same on the command line and in the editor.
import type { Disparity } from './fairness';

/** Heads of the measures of a group. */
export const measureHeads: Readonly<Record<string, string>> = {
  base_rate: 'base rate',
  selection_rate: 'selected',
  tpr: 'TPR',
  fpr: 'FPR',
  ppv: 'PPV',
  mean_true: 'mean truth',
  mean_prediction: 'mean predicted',
  mean_error: 'mean error',
  mae: 'MAE',
};

/** What the gaps between groups are called. */
export const gapNames: Readonly<Record<string, string>> = {
  demographic_parity_difference: 'demographic parity difference',
  demographic_parity_ratio: 'demographic parity ratio',
  equalized_odds_difference: 'equalised odds difference',
  equalized_odds_ratio: 'equalised odds ratio',
  mean_prediction_difference: 'difference of mean predictions',
  mean_error_difference: 'difference of mean errors',
  mae_difference: 'difference of MAE',
};

/** What they mean, in one sentence each. */
export const gapMeanings: Readonly<Record<string, string>> = {
  demographic_parity_difference:
    'How much more often the group that is selected most is selected than the one that is selected least; 0 if all were alike.',
  demographic_parity_ratio: 'The least selection rate as a share of the greatest; 1 if all were alike.',
  equalized_odds_difference:
    'The larger of two gaps: in how often the truly positive are selected (TPR), and the truly negative (FPR); 0 if errors hit all alike.',
  equalized_odds_ratio: 'The smaller of two ratios, of TPR and of FPR; 1 if errors hit all alike.',
  mean_prediction_difference: 'How much more is predicted of one group than of another, on average.',
  mean_error_difference: 'How much further predictions lie above the truth in one group than in another, on average.',
  mae_difference: 'How much larger errors are in one group than in another, on average.',
};

const fourFifths = 0.8;

/** Of a ratio below the four-fifths rule, which is known better than how often chance alone breaks it; '' where it does not apply. */
export function trapText(disparities: readonly Disparity[]): string {
  const isOpen = disparities.some(
    ({ name, value, interval }) =>
      name === 'demographic_parity_ratio' && value !== null && value < fourFifths && (interval?.[1] ?? 0) >= fourFifths,
  );
  return isOpen
    ? 'A ratio below 0.8 whose interval reaches over 0.8 may be chance: two groups of 30 rows with equal rates of 0.3 look so every second time, of 500 rows one time in fifty.'
    : '';
}

/** What no measure can say. `positive` is null of amounts. */
export function limitText(positive: string | null): string {
  const limits = 'No one number says whether a model is fair';
  return positive === null ? `${limits}.` : `${limits}: where base rates differ, PPV, TPR and FPR cannot all be equal.`;
}
