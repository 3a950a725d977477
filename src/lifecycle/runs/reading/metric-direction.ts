// Which way a metric is better, told from its name where slipway.yaml does not say.

import type { Config } from '../../../protocol/folder/config';
import { isMachineMetric } from '../../../protocol/machine-metric';
import type { MetricDirection } from '../../../protocol/run';

/** What slipway.yaml says about metrics, by key. */
export type MetricRules = Config['metrics'];

const downWords = new Set(
  `loss logloss mlogloss error err merror rmse mae mse mape smape wmape rmsle msle medae mdae brier perplexity ppl wer
   cer ter fid nll deviance crossentropy ece hinge regret divergence kl fpr fnr eer hter bce pinball l1 l2
   latency`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
const upWords = new Set(
  `auc auroc auprc aucpr rocauc prauc roc accuracy acc f1 f2 fbeta fscore f1score precision recall sensitivity specificity tpr tnr r2 score
   map mrr ndcg bleu rouge rouge1 rouge2 rougel rougelsum meteor iou miou dice jaccard mcc matthews kappa gini ap
   likelihood psnr ssim reward rew return returns lift ks explained silhouette nmi ari hit hits`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** The direction of `key`: slipway.yaml's word if it has one, else by name. */
export function metricDirection(key: string, rules: MetricRules): MetricDirection {
  const said = Object.hasOwn(rules, key) ? rules[key]?.direction : undefined;
  return said ?? directionByName(key);
}

/** The words of a metric's name in lower case: `val/F1_score` is val, f1, score; `valLoss` is val, loss. */
export function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => (known(word) ? [word] : word.split(/(?<=[a-z])(?=\d+$)/)))
    .filter((word) => word !== '');
}

function directionByName(key: string): MetricDirection {
  if (isMachineMetric(key)) return 'none';
  const words = wordsOf(key);
  // scikit-learn's neg_log_loss and its like are turned so that more is better.
  const turned = words.includes('neg') || words.includes('negative');
  const down = words.some((word) => downWords.has(word));
  if (down) return turned ? 'up' : 'down';
  return words.some((word) => upWords.has(word)) ? 'up' : 'none';
}

function known(word: string): boolean {
  return downWords.has(word) || upWords.has(word);
}
