// Text: how well a classifier tells the texts of one table from those of the other.

import { textMethod } from '../../../protocol/datasets/drift';
import { normalCdf, normalQuantile } from '../../../statistics/distributions/normal';
import { domainClassifier } from '../../../statistics/drift/domain-classifier';
import type { TextSample } from './column-sample';
import { type AskedMethod, thresholdOf } from './drift-method';
import { type JudgedColumn, nullCounts, type Unjudged } from './judged-column';

/** That of Evidently's `abs_text_content_drift`. */
const defaultThreshold = 0.55;
/** With fewer texts a side there is nothing to learn from. */
const fewestTexts = 10;

/**
 * `score` is the area under the ROC curve of held-out texts, 0.5 where nothing tells them apart; its noise and p are those
 * of Mann and Whitney's statistic of two equal samples of half the size.
 */
export function judgeTexts(sample: TextSample, options: AskedMethod & { alpha: number }): JudgedColumn | Unjudged {
  const { reference, current, column } = sample;
  if (Math.min(reference.length, current.length) < fewestTexts) {
    const isLost = reference.length > 0 && current.length === 0;
    return { reason: `holds texts, and fewer than ${fewestTexts} of them on one side`, isLost };
  }
  const score = domainClassifier(reference, current);
  const [n, m] = [reference.length, current.length];
  // Of one half: what one half's classifier finds by chance, the other's tends to find too.
  const error = Math.sqrt((n + m + 2) / (6 * n * m));
  const limit = thresholdOf(textMethod, options, defaultThreshold);
  return {
    column,
    kind: 'text',
    method: textMethod,
    score,
    isTest: false,
    pValue: normalCdf(-(score - 0.5) / error),
    threshold: limit,
    noise: 0.5 + normalQuantile(1 - options.alpha) * error,
    verdict: score > limit ? 'drift' : 'no drift',
    ...nullCounts(sample),
  };
}
