// What metrics of predictions are called, here and elsewhere.
import { heldOutWords } from './held-out-words';

/** By the names that scikit-learn uses. */
export const metricNames = [
  'accuracy',
  'balanced_accuracy',
  'precision',
  'recall',
  'f1',
  'precision_macro',
  'recall_macro',
  'f1_macro',
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier',
  'ece',
  'rmse',
  'mse',
  'mae',
  'r2',
] as const;
export type MetricName = (typeof metricNames)[number];

const otherNames: Readonly<Record<string, MetricName>> = {
  acc: 'accuracy',
  accuracyscore: 'accuracy',
  balancedaccuracyscore: 'balanced_accuracy',
  bacc: 'balanced_accuracy',
  precisionscore: 'precision',
  recallscore: 'recall',
  sensitivity: 'recall',
  f1score: 'f1',
  f1scoremacro: 'f1_macro',
  macrof1: 'f1_macro',
  auc: 'roc_auc',
  auroc: 'roc_auc',
  rocaucscore: 'roc_auc',
  ap: 'average_precision',
  auprc: 'average_precision',
  prauc: 'average_precision',
  averageprecisionscore: 'average_precision',
  logloss: 'log_loss',
  crossentropy: 'log_loss',
  brierscore: 'brier',
  brierscoreloss: 'brier',
  calibrationerror: 'ece',
  expectedcalibrationerror: 'ece',
  rootmeansquarederror: 'rmse',
  meansquarederror: 'mse',
  meanabsoluteerror: 'mae',
  r2score: 'r2',
};

/** The name above that a person means by `text`: in any case, with or without the name of a split before it. */
export function metricNamed(text: string): MetricName | undefined {
  const [, first = '', rest = ''] = /^([a-z]+)[_/\-. ]+(.*)$/is.exec(text) ?? [];
  const words = heldOutWords.has(first.toLowerCase()) ? rest : text;
  const plain = words.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (Object.hasOwn(otherNames, plain)) return otherNames[plain];
  return metricNames.find((name) => name.replaceAll('_', '') === plain);
}
