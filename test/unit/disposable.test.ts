import { describe, expect, it } from 'vitest';
import { DisposableStore } from '../../src/base/disposable';

describe('what is owned', () => {
  it('ends last first, and one that fails does not leave the others open', () => {
    const owned = new DisposableStore();
    const ended: string[] = [];
    const item = (name: string) => ({
      dispose: () => {
        ended.push(name);
        if (name === 'database' || name === 'server') throw new Error(`${name} failed`);
      },
    });
    owned.add(item('lock'), item('database'), item('server'), item('timer'));
    expect(() => owned.dispose()).toThrow('server failed');
    expect(ended).toEqual(['timer', 'server', 'database', 'lock']);
  });
});
