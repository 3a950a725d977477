// A run as it will be, shown before the engine has said yes.
import { describe, expect, it } from 'vitest';
import type { RunDetail } from '../../src/protocol/run';
import { withEdit } from '../../webview/run/changes/run-edit';

const names = ['constructor', 'toString', '__proto__', 'team'];

function runWith(keys: string[]): RunDetail {
  return { tags: keys.map((key) => ({ key, value: 'kept' })) } as RunDetail;
}

describe('a changed tag', () => {
  it('leaves tags alone that are named like something every object has', () => {
    const { tags } = withEdit(runWith(names), { tags: { other: 'new' } }, 0);
    expect(tags).toEqual([...names.map((key) => ({ key, value: 'kept' })), { key: 'other', value: 'new' }]);
  });

  it.each(names)('may itself be named %s', (name) => {
    const valued = (value: string | null) => withEdit(runWith(names), { tags: { [name]: value } }, 0).tags;
    expect(valued('new').filter(({ value }) => value === 'new')).toEqual([{ key: name, value: 'new' }]);
    expect(valued(null).map(({ key }) => key)).toEqual(names.filter((each) => each !== name));
    expect(withEdit(runWith([]), { tags: { [name]: 'new' } }, 0).tags).toEqual([{ key: name, value: 'new' }]);
  });
});
