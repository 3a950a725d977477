// Columns that have moved for certain, and not far enough to be called drift.
import { fromWire } from '../../number';
import type { Drift } from '../drift';

/** So many are named. */
const mostNamed = 8;

/** The sentence about them; undefined where there is none, as of a preset that knows no noise. */
export function smallMovesText({ columns, alpha }: Pick<Drift, 'columns' | 'alpha'>): string | undefined {
  const names = columns
    .filter(({ verdict, isTest, score, noise, pAdjusted }) => {
      const isCertain = noise !== null && fromWire(score) > noise && pAdjusted !== null && pAdjusted <= alpha;
      return verdict === 'no drift' && !isTest && isCertain;
    })
    .map(({ column }) => column);
  if (names.length === 0) return undefined;
  const more = names.length - mostNamed;
  const named = [...names.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `Columns that moved beyond their noise and stay below the threshold: ${named}.`;
}
