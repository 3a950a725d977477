// How the user's choices for the engine are handed to it; what means nothing is left out.
import { describe, expect, it } from 'vitest';
import { settingArguments } from '../../src/client/engine-settings';

describe('settings of the engine', () => {
  it.each([
    [{ silence: 10, durability: 'NORMAL' }, ['--silence=600000', '--durability=NORMAL']],
    [{ silence: 0, durability: 'SOMETIMES' }, []],
    [{ silence: Number.NaN }, []],
  ])('%j are the arguments %j', (settings, words) => {
    expect(settingArguments(settings)).toEqual(words);
  });
});
