// Feature importances in the forms that training code logs them in, and as weights of columns.
import { describe, expect, it } from 'vitest';
import { importanceRank, importancesOf } from '../../src/lifecycle/runs/lineage/logged-importances';
import type { Drift } from '../../src/protocol/datasets/drift';
import { columnWeights } from '../../src/protocol/datasets/panel/column-weights';

const read = (path: string, text: string) => importancesOf(path, new TextEncoder().encode(text));

describe('logged importances', () => {
  it.each([
    ['feature_importance_gain.json', '{"a":2.5,"b":0}', { a: 2.5, b: 0 }],
    ['importances.json', '[{"feature":"a","importance":2},{"feature":"b","importance":-1}]', { a: 2, b: 0 }],
    ['feature_importances.json', '{"columns":["name","gain"],"data":[["a",2],["b",1]]}', { a: 2, b: 1 }],
    ['shap.json', '{"feature":["a","b"],"mean_abs_shap":[0.5,"0.25"]}', { a: 0.5, b: 0.25 }],
    ['feature_importance.csv', ',feature,importance\n0,a,2\n1,"b, c",1\n', { a: 2, 'b, c': 1 }],
    ['feature_importance.csv', 'feature;rank;shap\na;1;0.5\nb;2;0.1\n', { a: 0.5, b: 0.1 }],
    ['importance.json', '{"a":0,"b":0}', undefined],
    ['importance.json', '{"a":1', undefined],
    ['importance.json', '[1,2]', undefined],
    ['importance.json', 'null', undefined],
    ['importance.csv', '', undefined],
    ['importance.csv', 'feature,importance\na,high\n', undefined],
  ])('%s: %s', async (path, text, found) => {
    expect(await read(path, text)).toEqual(found);
  });

  it('are taken by gain before those by splits, and of files that are called so only', () => {
    const names = [
      'feature_importance_split.json',
      'm/feature_importance_gain.json',
      'importance.csv',
      'shap_values.json',
    ];
    const best = names.sort((a, b) => (importanceRank(a) ?? 9) - (importanceRank(b) ?? 9));
    expect(best.map((name) => name.split('/').at(-1))).toEqual([
      'shap_values.json',
      'feature_importance_gain.json',
      'importance.csv',
      'feature_importance_split.json',
    ]);
    for (const name of ['metrics.json', 'feature_importance.png', 'unimportance.md', 'importance/notes.json'])
      expect(importanceRank(name)).toBeUndefined();
  });

  it('are those of columns: of values of a category, and behind the step of a pipeline', () => {
    const drift = { columns: [{ column: 'dep' }, { column: 'dep_time' }], skipped: [{ column: 'origin' }] };
    const weights = { num__dep_time: 1, dep_time: 1, cat__origin_JFK: 2, origin_La_Guardia: 1, dep_x: 1, Column_7: 4 };
    const source = { runId: 'r', run: 'fox', file: 'importance.json', model: null };
    expect(columnWeights({ weights, source }, drift as unknown as Drift)).toEqual({
      dep_time: 2,
      origin: 3,
      dep: 1,
      Column_7: 4,
    });
    expect(columnWeights({ weights, source: null }, drift as unknown as Drift)).toEqual(weights);
  });
});
