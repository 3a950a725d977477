// What of an answer has not changed must stay the same object: rows and charts are drawn again by identity.
import { describe, expect, it } from 'vitest';
import { keepEqual } from '../../webview/kit/host/keep-equal';

describe('an answer asked for again', () => {
  it('is the old object when nothing changed', () => {
    const old = [{ key: 'loss', last: 1, marks: [{ x: 3 }] }, null, 'NaN'];
    expect(keepEqual(old, structuredClone(old))).toBe(old);
  });

  it('keeps the metrics that did not change, and has the new values of those that did', () => {
    const old = [
      { key: 'loss', last: 1 },
      { key: 'auc', last: 0.5 },
    ];
    const next = keepEqual(old, [
      { key: 'loss', last: 1 },
      { key: 'auc', last: 0.6 },
    ]);
    expect(next[0]).toBe(old[0]);
    expect(next[1]).toEqual({ key: 'auc', last: 0.6 });
    expect(old[1]).toEqual({ key: 'auc', last: 0.5 });
  });

  it.each([
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{}, []],
    [null, {}],
    [{ a: 1 }, null],
    [{ a: [1] }, { a: { 0: 1 } }],
  ])('is new where its shape is: %j, then %j', (old, next) => {
    expect(keepEqual(old, structuredClone(next))).toStrictEqual(next);
  });
});
