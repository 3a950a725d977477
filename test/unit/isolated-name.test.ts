// A run's name beside the numbers of its row.
import { describe, expect, it } from 'vitest';
import { isolatedName } from '../../src/base/isolated-name';

const override = '\u202e';

describe('a name beside other words', () => {
  it('with an override of direction that is never ended turns round nothing beside it', () => {
    expect(isolatedName(`run${override}1`)).toBe(`\u2068run${override}1\u2069`);
    expect(isolatedName(`run\u2069${override}1`)).toBe(`\u2068run${override}1\u2069`);
  });

  it('without marks stays as it is, in any script', () => {
    for (const name of ['training 7', 'אימון 7', '']) expect(isolatedName(name)).toBe(name);
  });
});
