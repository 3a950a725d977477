// Metrics that the runs themselves logged: of repeats the noise between them is known, of single runs none.
import { type ComparedMetric, notJudged } from '../../../protocol/comparison/comparison';
import { isMachineMetric } from '../../../protocol/machine-metric';
import { fromWire } from '../../../protocol/number';
import { interquartileMean } from '../../../statistics/sample/interquartile-mean';
import { mean } from '../../../statistics/sample/moments';
import { headlineKey } from '../reading/headline-metric';
import { type MetricRules, metricDirection, wordsOf } from '../reading/metric-direction';
import { isOfTraining } from '../reading/split-words';
import type { ComparedRun } from './compared-run';
import type { PairedSides } from './pairing';
import { seedNoise } from './predictions/seed-noise';
import { affordable, type RepeatTest, repeatTest } from './repeat-test';
import { foldCount } from './repeats';

/** Both sides, each a run or several repeats; `metrics` by name, the usual ones when empty. */
export interface LoggedQuestion extends PairedSides {
  metrics: readonly string[];
  rules: MetricRules;
  /** How many candidates are judged together. */
  candidates: number;
}

const mostMetrics = 8;

/** Their verdicts are all open. Metrics that were asked for and that a run lacks are left out. */
export function loggedMetrics(question: LoggedQuestion): ComparedMetric[] {
  const { baseline, candidate, isPaired: paired, rules } = question;
  const folds = foldCount([...baseline, ...candidate]);
  const names = metricsInCommon(question);
  const most = !paired || folds > 0 ? names.length : judgedTogether(question, names.length);
  const together = most * question.candidates;
  return names.map((metric, place) => {
    const first = valuesOf(baseline, metric);
    const second = valuesOf(candidate, metric);
    const test = repeatTest({ first, second, paired, folds, together });
    const shown = place < most || test.p === null ? test : { ...test, p: null, why: unjudged };
    return {
      metric,
      direction: metricDirection(metric, rules),
      ...summary(first, second, shown),
      ...seedsOf(question, first, second),
    };
  });
}

const unjudged = `${notJudged}: so few pairs of seeds reach p .05 for fewer metrics. Choose those that count (--metric).`;

/** Pairs of seeds that are few allow few metrics: the first ones are judged, or those that were asked for. */
function judgedTogether({ baseline, candidates, metrics }: LoggedQuestion, names: number): number {
  if (metrics.length > 0) return names;
  return Math.max(1, Math.min(names, Math.floor(affordable(baseline.length) / candidates)));
}

/** How the values of repeats lie. */
function seedsOf({ isPaired }: LoggedQuestion, baseline: number[], candidate: number[]): Pick<ComparedMetric, 'seeds'> {
  const isKnown = [...baseline, ...candidate].every(Number.isFinite);
  const told = isKnown ? seedNoise({ baseline, candidate, isPaired }).told : null;
  return told === null ? {} : { seeds: told };
}

function summary(first: number[], second: number[], test: RepeatTest): Omit<ComparedMetric, 'metric' | 'direction'> {
  // What is shown of each side is what its difference is made of.
  const centre = test.test.startsWith('IQM') ? interquartileMean : mean;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    baseline: finite(centre(first)),
    candidate: finite(centre(second)),
    verdict: 'cannot tell',
    ...test,
    effect: test.effect === null ? null : finite(test.effect),
    rawP: test.p,
  };
}

/** The keys that all runs have: those asked for, else the headline and what has a direction. */
function metricsInCommon({ baseline, candidate, metrics, rules }: LoggedQuestion): string[] {
  const runs = [...baseline, ...candidate];
  const common = Object.keys(runs[0]?.metrics ?? {}).filter((key) =>
    runs.every((run) => Object.hasOwn(run.metrics, key)),
  );
  if (metrics.length > 0) return [...new Set(metrics)].filter((key) => common.includes(key));
  const judged = common.filter(
    (key) => metricDirection(key, rules) !== 'none' && !isMachineMetric(key) && !isOfTraining(wordsOf(key)),
  );
  const headline = headlineKey(judged, rules);
  const rest = judged.filter((key) => key !== headline);
  return (headline === undefined ? rest : [headline, ...rest]).slice(0, mostMetrics);
}

function valuesOf(runs: readonly ComparedRun[], metric: string): number[] {
  return runs.map((run) => fromWire(run.metrics[metric] ?? 'NaN'));
}
