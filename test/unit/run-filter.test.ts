// The text of a filter: every part means what its word says, and a word that means nothing is said.
import { describe, expect, it } from 'vitest';
import { isPlainFilter, parseRunFilter, type RunFilter } from '../../src/protocol/runs/run-filter';

const tag = (key: string, value: string) => ({ key, value });

describe('the text of a run filter', () => {
  it.each<[string, RunFilter]>([
    ['', {}],
    ['deep net', { text: 'deep net' }],
    ['"a:b"', { text: 'a:b' }],
    ['state:failed state:stopped', { states: ['failed', 'killed'] }],
    ['is:starred with:archived', { starred: true, archived: 'with' }],
    ['is:archived', { archived: 'only' }],
    [
      'tag:team=vision tag:phase',
      {
        tags: [
          { key: 'team', value: 'vision' },
          { key: 'phase', value: null },
        ],
      },
    ],
    ['tag:"a b=c \\"d\\""', { tags: [{ key: 'a b', value: 'c "d"' }] }],
    ['tag:"a b"=c tag:k="two words" tag:"a=b"=c', { tags: [tag('a b', 'c'), tag('k', 'two words'), tag('a=b', 'c')] }],
    ['5" "two  words" a"b "open end', { text: '5" two  words a"b open end' }],
    [
      'experiment:"my runs" dataset:flights model:m1 x',
      { experiments: ['my runs'], datasets: ['flights'], models: ['m1'], text: 'x' },
    ],
  ])('%s', (text, filter) => {
    expect(parseRunFilter(text)).toEqual({ filter });
    expect(isPlainFilter(filter)).toBe(text === '');
  });

  it('reads words in any case and order', () => {
    expect(parseRunFilter('net STATE:Failed deep')).toEqual({ filter: { states: ['failed'], text: 'net deep' } });
  });

  it.each([`experiment:${'x'.repeat(1001)}`, 'state:lost', 'colour:red', 'tag:', 'experiment:', 'is:tall', 'state:'])(
    '%s is refused with a sentence',
    (text) => {
      expect(parseRunFilter(text)).toEqual({ problem: expect.stringMatching(/^.{10,}\.$/) });
    },
  );
});
