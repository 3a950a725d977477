// The one metric shown beside a run's name: slipway.yaml's choice, else the one a reader would look for first.
import { isMachineMetric } from '../../../protocol/machine-metric';
import { type MetricRules, metricDirection, wordsOf } from './metric-direction';
import { isHeldOut, isOfTraining } from './split-words';

/** Sought in this order; every word of an entry must be in the key. */
const sought: readonly (readonly string[])[] = [
  ['roc', 'auc'],
  ['auroc'],
  ['auc'],
  ['accuracy'],
  ['acc'],
  ['f1'],
  ['r2'],
  ['map'],
  ['ndcg'],
  ['bleu'],
  ['iou'],
  ['rmse'],
  ['root', 'mean', 'squared', 'error'],
  ['mae'],
  ['mse'],
  ['wer'],
  ['perplexity'],
  ['log', 'loss'],
  ['logloss'],
  ['loss'],
];
/** Names that keep books about a run, or say how a score spreads, and nothing of its quality. */
const bookkeeping = new Set(
  `epoch epochs step steps lr rate time runtime seconds duration iteration iterations batch flos norm count samples
   elapsed memory size throughput latency`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Keys a run with very many metrics is asked for directly; the others are not all read. */
export const usualHeadlines: readonly string[] = ['val', 'valid', 'validation', 'test', 'eval', 'train', '']
  .flatMap((split) => (split === '' ? [''] : [`${split}_`, `${split}/`, `${split}-`]))
  .flatMap((prefix) =>
    ['roc_auc', 'auc', 'accuracy', 'acc', 'f1', 'f1_score', 'r2', 'rmse', 'mae', 'mse', 'log_loss', 'loss'].map(
      (name) => prefix + name,
    ),
  )
  .concat(
    ['reward', 'mean_reward', 'episode_reward', 'rollout/ep_rew_mean', 'return', 'score'],
    ['', 'val/', 'train/'].flatMap((prefix) => ['perplexity', 'map', 'iou'].map((name) => prefix + name)),
  );

/** The keys slipway.yaml marks as headline, in its order. */
export function chosenHeadlines(rules: MetricRules): string[] {
  return Object.keys(rules).filter((key) => rules[key]?.headline === true);
}

/** The headline among `keys`, or undefined when none of them says anything of a run's quality. Order is irrelevant. */
export function headlineKey(keys: readonly string[], rules: MetricRules): string | undefined {
  const chosen = chosenHeadlines(rules).find((key) => keys.includes(key));
  if (chosen !== undefined) return chosen;
  let best: { key: string; rank: readonly (number | string)[] } | undefined;
  for (const key of keys) {
    const rank = rankOf(key, rules);
    if (rank !== undefined && (best === undefined || isBefore(rank, best.rank))) best = { key, rank };
  }
  return best?.key;
}

/** Held-out before unnamed before training; then the order above; then the shorter key. */
function rankOf(key: string, rules: MetricRules): readonly (number | string)[] | undefined {
  if (isMachineMetric(key)) return undefined;
  const words = wordsOf(key);
  const place = sought.findIndex((each) => each.every((word) => words.includes(word)));
  const directed = metricDirection(key, rules) !== 'none';
  if (place < 0 && !directed && words.some((word) => bookkeeping.has(word))) return undefined;
  const trains = isOfTraining(words) ? 1 : 0;
  const split = isHeldOut(words) ? 0 : 1;
  return [trains, place >= 0 ? place : sought.length + otherKind(words, directed), split, key.length, key];
}

/** How fast a model is comes after all that says how good it is. */
function otherKind(words: readonly string[], directed: boolean): number {
  if (words.includes('latency')) return 2;
  return directed ? 0 : 1;
}

function isBefore(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  for (let index = 0; index < a.length; index++) {
    const [left, right] = [a[index], b[index]];
    if (left === right || left === undefined || right === undefined) continue;
    return left < right;
  }
  return false;
}
