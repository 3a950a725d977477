// A run as it will be, shown before the engine has said yes.
import { describe, expect, it } from 'vitest';
import type { RunDetail } from '../../src/protocol/run';
import { stillExpected, withChange, withExpected } from '../../src/protocol/runs/changes/expected-changes';
import { noteTag } from '../../src/protocol/runs/run-tag';
import { Shelf } from '../../webview/table/data/shelf';

const names = ['constructor', 'toString', '__proto__', 'team'];

function runWith(keys: string[]): RunDetail {
  return { tags: keys.map((key) => ({ key, value: 'kept' })) } as RunDetail;
}

describe('a changed tag', () => {
  it('leaves tags alone that are named like something every object has', () => {
    const { tags } = withChange(runWith(names), { tags: { other: 'new' } }, 0);
    expect(tags).toEqual([...names.map((key) => ({ key, value: 'kept' })), { key: 'other', value: 'new' }]);
  });

  it.each(names)('may itself be named %s', (name) => {
    const valued = (value: string | null) => withChange(runWith(names), { tags: { [name]: value } }, 0).tags;
    expect(valued('new').filter(({ value }) => value === 'new')).toEqual([{ key: name, value: 'new' }]);
    expect(valued(null).map(({ key }) => key)).toEqual(names.filter((each) => each !== name));
    expect(withChange(runWith([]), { tags: { [name]: 'new' } }, 0).tags).toEqual([{ key: name, value: 'new' }]);
  });
});

describe('a change', () => {
  const run = { name: 'old', starred: false, archived: false };

  it('trims the name, and changes none to blanks', () => {
    expect(withChange(run, { name: ' new ' }, 0)).toEqual({ ...run, name: 'new' });
    expect(withChange(run, { name: '  ' }, 0)).toEqual(run);
  });

  it('touches of a row only what the row shows', () => {
    expect(withChange(run, { deleted: true, tags: { [noteTag]: 'words' } }, 5)).toEqual(run);
    const whole = { ...run, deletedTime: null, note: null };
    const changed = { ...run, deletedTime: 5, note: 'words' };
    expect(withChange(whole, { deleted: true, tags: { [noteTag]: 'words' } }, 5)).toEqual(changed);
  });

  it('is shown until an answer comes that was asked for after it was made', () => {
    const star = { change: { starred: true }, made: 0, settled: Number.POSITIVE_INFINITY };
    expect(stillExpected([star], 100)).toEqual([star]);
    const made = [{ ...star, settled: 100 }];
    expect(stillExpected(made, 90)).toBe(made);
    expect(withExpected(run, stillExpected(made, 90)).starred).toBe(true);
    expect(stillExpected(made, 110)).toEqual([]);
  });
});

describe('a row of the table', () => {
  /** A shelf whose loads are answered by hand. */
  function shelfOf() {
    const answers: ((value: number) => void)[] = [];
    const load = (keys: string[]): Promise<Map<string, number>> =>
      new Promise((resolve) => answers.push((value) => resolve(new Map(keys.map((key) => [key, value])))));
    return { shelf: new Shelf<number>({ load, batch: 10, most: 10 }), answers };
  }
  const told = (shelf: Shelf<number>): Promise<void> => new Promise((resolve) => shelf.subscribe(resolve));

  it('keeps what the user changed while cells are loaded that are older', async () => {
    const { shelf, answers } = shelfOf();
    shelf.want(['a']);
    let next = told(shelf);
    answers[0]?.(1);
    await next;
    shelf.refresh(['a']);
    const star = shelf.patch(['a'], (_key, value) => value + 100);
    expect(shelf.get('a')).toBe(101);
    star.settle();
    next = told(shelf);
    answers[1]?.(2);
    await next;
    expect(shelf.get('a')).toBe(102);
  });

  it('says again what it said when the change is refused', async () => {
    const { shelf, answers } = shelfOf();
    shelf.want(['a']);
    let next = told(shelf);
    answers[0]?.(1);
    await next;
    const star = shelf.patch(['a'], (_key, value) => value + 100);
    star.revert();
    next = told(shelf);
    answers[1]?.(1);
    await next;
    expect(shelf.get('a')).toBe(1);
  });
});
