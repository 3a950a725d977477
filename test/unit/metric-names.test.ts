// Direction and headline by name, over the names that the usual frameworks log.
import { describe, expect, it } from 'vitest';
import { headlineKey } from '../../src/lifecycle/runs/reading/headline-metric';
import { metricDirection } from '../../src/lifecycle/runs/reading/metric-direction';

describe('direction by name', () => {
  it.each([
    'roc_auc',
    'training_accuracy_score',
    'val_acc',
    'eval_f1',
    'f1_score_macro',
    'r2',
    'test/mAP50',
    'validation_0-auc',
    'neg_log_loss',
    'neg_mean_squared_error',
    'valAccuracy',
    'explained_variance',
    'ndcg@10',
    'rouge1',
  ])('%s: more is better', (key) => {
    expect(metricDirection(key, {})).toBe('up');
  });

  it.each([
    'loss',
    'train_loss',
    'valLoss',
    'validation_0-logloss',
    'valid_0-binary_logloss',
    'log_loss',
    'root_mean_squared_error',
    'eval-rmse',
    'mean_absolute_percentage_error',
    'brier_score',
    'perplexity',
    'error_rate',
    'wer',
    'latency_p50_ms',
  ])('%s: less is better', (key) => {
    expect(metricDirection(key, {})).toBe('down');
  });

  it.each(['epoch', 'learning_rate', 'lr', 'system/cpu_utilization_percentage', 'example_count', 'toString'])(
    '%s: nobody knows',
    (key) => {
      expect(metricDirection(key, {})).toBe('none');
    },
  );

  it('slipway.yaml has the last word', () => {
    expect(metricDirection('loss', { loss: { direction: 'up' } })).toBe('up');
    expect(metricDirection('lr', { lr: { direction: 'down' } })).toBe('down');
    expect(metricDirection('loss', { loss: { headline: true } })).toBe('down');
  });
});

describe('headline by name', () => {
  it.each([
    [['loss', 'accuracy', 'roc_auc'], 'roc_auc'],
    [['train_accuracy', 'val_accuracy'], 'val_accuracy'],
    [['train_accuracy', 'val_loss'], 'val_loss'],
    [['training_roc_auc', 'training_f1_score'], 'training_roc_auc'],
    [['epoch', 'loss', 'learning_rate'], 'loss'],
    [['system/cpu', 'epoch'], undefined],
    [['reward', 'epoch'], 'reward'],
    [['my_number'], 'my_number'],
    [['my_number', 'latency_ms'], 'my_number'],
    [['validation_0-logloss', 'validation_0-auc'], 'validation_0-auc'],
    [[], undefined],
  ])('of %j it is %s', (keys, expected) => {
    expect(headlineKey(keys, {})).toBe(expected);
    expect(headlineKey([...keys].reverse(), {})).toBe(expected);
  });

  it('slipway.yaml has the first word', () => {
    expect(headlineKey(['roc_auc', 'cost'], { cost: { headline: true } })).toBe('cost');
    expect(headlineKey(['roc_auc'], { cost: { headline: true } })).toBe('roc_auc');
  });
});
