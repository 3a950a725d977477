// Which run of one side belongs to which of the other: those of the same seed, or the same fold.
import { fewestPairs } from '../../../protocol/comparison/fewest-runs';
import type { ComparedRun } from './compared-run';
import { foldCount, repeatName } from './repeats';

/** Two sides. Where `isPaired`, they are in one order and `alone` are the runs that have no partner and do not count. */
export interface PairedSides {
  baseline: readonly ComparedRun[];
  candidate: readonly ComparedRun[];
  isPaired: boolean;
  alone: readonly ComparedRun[];
}

/** Of the larger side so many have to have a partner: with fewer, all runs as they are say more than the pairs. */
const mostShared = 2 / 3;

/**
 * Pairs the runs by seed and fold. Sides that share some seeds only are paired over those where they are many enough to be
 * tested; else nothing is paired, and all runs count.
 */
export function pairSides(
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
  seeds: readonly string[],
): PairedSides {
  const none: PairedSides = { baseline, candidate, isPaired: false, alone: [] };
  const named = new Map(candidate.map((run) => [repeatName(run, seeds), run]));
  const names = baseline.map((run) => repeatName(run, seeds));
  if (new Set(names).size !== baseline.length || named.size !== candidate.length) return none;
  const pairs = baseline.flatMap((run, place) => {
    const partner = names[place] === '' ? undefined : named.get(names[place] ?? '');
    return partner === undefined ? [] : [{ run, partner }];
  });
  const alone = [...baseline, ...candidate].filter(
    (each) => !pairs.some(({ run, partner }) => each === run || each === partner),
  );
  const fewest = foldCount([...baseline, ...candidate]) > 0 ? 2 : fewestPairs(1);
  const isMost = pairs.length >= mostShared * Math.max(baseline.length, candidate.length);
  if (alone.length > 0 && (pairs.length < fewest || !isMost)) return none;
  return {
    baseline: pairs.map(({ run }) => run),
    candidate: pairs.map(({ partner }) => partner),
    isPaired: pairs.length > 0,
    alone,
  };
}
