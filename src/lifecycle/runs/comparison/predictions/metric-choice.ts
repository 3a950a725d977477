// Which metrics of two models are compared: those asked for, else the few that say most.
import { SlipwayError } from '../../../../base/errors';
import { metricNamed } from '../../../../base/metric-names';
import { predictionMetrics } from '../../../../statistics/metrics/prediction-metric';
import type { ModelRows } from './model-rows';
import type { Task } from './task';

/** What the metrics asked for are of; undefined without any. Throws SlipwayError `invalid` for one there is not. */
export function wantedKind(wanted: readonly string[]): Task['kind'] | undefined {
  const kinds = new Set(wanted.map((name) => (needsOf(name) === 'numbers' ? 'numbers' : 'classes')));
  if (kinds.size > 1) {
    throw new SlipwayError(
      'invalid',
      `${wanted.join(', ')}: some are errors of numbers and some of classes. Ask for one kind.`,
    );
  }
  return [...kinds][0] as Task['kind'] | undefined;
}

function needsOf(text: string): string {
  const name = metricNamed(text);
  const metric = name === undefined ? undefined : predictionMetrics[name];
  if (metric !== undefined) return metric.needs;
  const names = Object.keys(predictionMetrics).join(', ');
  throw new SlipwayError('invalid', `${text.slice(0, 100)} is no metric that predictions have. There are ${names}.`);
}

/** Keys of `predictionMetrics`. Throws SlipwayError `invalid` where the predictions do not have what one needs. */
export function chosenMetrics(wanted: readonly string[], models: readonly ModelRows[]): string[] {
  if (wanted.length === 0) return usualMetrics(models);
  const names = wanted.map((text) => forClasses(metricNamed(text) ?? text, models));
  for (const [index, name] of names.entries()) {
    const lack = lackOf(name, models);
    if (lack !== null) throw new SlipwayError('invalid', `${wanted[index]} needs ${lack}.`);
  }
  return [...new Set(names)];
}

/** Of more than two classes people mean the mean over them. */
function forClasses(name: string, [first]: readonly ModelRows[]): string {
  const isMany = first?.kind === 'classes' && first.rows.classes > 2;
  return isMany && Object.hasOwn(predictionMetrics, `${name}_macro`) ? `${name}_macro` : name;
}

function usualMetrics(models: readonly ModelRows[]): string[] {
  const [first] = models;
  if (first?.kind !== 'classes') return ['rmse', 'mae'];
  const tellLabels = models.some((each) => each.kind === 'classes' && !each.fromScores);
  const usual =
    first.rows.classes === 2
      ? ['roc_auc', 'log_loss', 'brier', ...(tellLabels ? ['accuracy'] : []), 'f1']
      : ['log_loss', 'accuracy', 'f1_macro'];
  return usual.filter((name) => lackOf(name, models) === null);
}

/** Metrics that take a score for a chance. */
const ofChances: ReadonlySet<string> = new Set(['log_loss', 'brier', 'ece']);

function lackOf(name: string, models: readonly ModelRows[]): string | null {
  const metric = predictionMetrics[name];
  for (const each of models) {
    if (each.kind === 'numbers') continue;
    const { rows, isProbability, fromScores } = each;
    if (metric?.binary && rows.classes > 2) return `two classes, and there are ${rows.classes}`;
    if (metric?.needs === 'scores' && rows.scores === undefined)
      return 'a column score, or score_CLASS for each class, in both';
    if (ofChances.has(name) && !isProbability) return 'scores between 0 and 1';
    if (metric?.needs === 'labels' && rows.predicted === undefined) return 'y_pred in both';
    if (metric?.needs === 'labels' && fromScores && !isProbability) return 'y_pred in both, or scores between 0 and 1';
  }
  return null;
}
