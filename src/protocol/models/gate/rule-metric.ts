// What a rule says of its metric and its test that cannot be, whatever model and data it is judged on.
import { metricNamed, metricNames } from '../../../base/metric-names';
import { suggestion } from '../../datasets/contract/reading/schema-problem';
import type { GateRule, RuleOf } from './gate-rule';

/** A fault of one key of a rule. */
interface RuleFault {
  key: 'metric' | 'test';
  sentence: string;
}

/** Null for a rule that can be. A logged metric may be called anything. */
export function metricFault(rule: GateRule): RuleFault | null {
  if (rule.kind === 'metric' && rule.use === 'logged') return null;
  if (rule.kind !== 'metric' && rule.kind !== 'slice' && rule.kind !== 'delta' && rule.kind !== 'noninferior') {
    return null;
  }
  if (metricNamed(rule.metric) === undefined) return { key: 'metric', sentence: unknownMetric(rule) };
  const sentence = 'test' in rule ? testFault(rule) : null;
  return sentence === null ? null : { key: 'test', sentence };
}

function unknownMetric({ kind, metric }: GateRule & { metric: string }): string {
  const logged = kind === 'metric' ? ' What a run logged is read with use: logged.' : '';
  const others = suggestion(metric, metricNames) || ` There are ${metricNames.join(', ')}.${logged}`;
  return `${metric} is no metric of predictions.${others}`;
}

function testFault({ test, metric, cluster }: RuleOf<'delta'> | RuleOf<'noninferior'>): string | null {
  if (test === 'cluster-bootstrap' && cluster === undefined) {
    return 'cluster-bootstrap resamples the values of a column: name it with cluster.';
  }
  if (test !== 'mcnemar' && test !== 'delong') return null;
  if (cluster !== undefined) return `${test} takes rows for independent; with a cluster use cluster-bootstrap.`;
  const only = test === 'mcnemar' ? 'accuracy' : 'roc_auc';
  return metricNamed(metric) === only ? null : `${test} is a test of ${only}, not of ${metric}.`;
}
