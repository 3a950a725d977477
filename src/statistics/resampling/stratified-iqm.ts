// The interquartile mean over seeds and tasks, with a stratified bootstrap: seeds are drawn anew within each task
// (Agarwal et al. 2021, rliable).
import { Random } from '../random';
import { interquartileMean } from '../sample/interquartile-mean';

/** Scores by task, of one seed after the other. */
export type ScoresByTask = readonly ArrayLike<number>[];

/** How often and from where to draw. */
export interface StratifiedDraws {
  draws: number;
  seed: number;
}

/** The difference of the IQMs, second less first, in each resample of both. */
export function stratifiedIqmDifference(
  first: ScoresByTask,
  second: ScoresByTask,
  { draws, seed }: StratifiedDraws,
): Float64Array {
  const random = new Random(seed);
  return Float64Array.from(
    { length: draws },
    () => interquartileMean(drawn(second, random)) - interquartileMean(drawn(first, random)),
  );
}

function drawn(scores: ScoresByTask, random: Random): number[] {
  return scores.flatMap((seeds) => Array.from({ length: seeds.length }, () => seeds[random.below(seeds.length)] ?? 0));
}
