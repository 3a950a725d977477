// The text of a filter: every part means what its word says, and a word that means nothing is said.
import { describe, expect, it } from 'vitest';
import { filterWordsOf, lastFilterWord, quotedFilterValue } from '../../src/protocol/runs/filter-word';
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
    [
      'param:lr>=0.01 AND metric:"val auc"<0.9',
      {
        where: [
          { of: 'param', key: 'lr', is: '>=', value: '0.01' },
          { of: 'metric', key: 'val auc', is: '<', value: '0.9' },
        ],
      },
    ],
    ['param:model="two words"', { where: [{ of: 'param', key: 'model', is: '=', value: 'two words' }] }],
    ['state:failed OR is:starred deep', { states: ['failed'], or: [{ starred: true, text: 'deep' }] }],
    ['OR this or that', { text: 'this or that' }],
    ['"OR" x', { text: 'OR x' }],
  ])('%s', (text, filter) => {
    expect(parseRunFilter(text)).toEqual({ filter });
    expect(isPlainFilter(filter)).toBe(text === '');
  });

  it('reads words in any case and order', () => {
    expect(parseRunFilter('net STATE:Failed deep')).toEqual({ filter: { states: ['failed'], text: 'net deep' } });
  });

  it.each([
    ['metrics.auc > 0.8', 'metric:auc>0.8'],
    ["params.`lr` = '0.1' AND state:failed", 'param:lr=0.1'],
    ['tags.team="a"', 'tag:team=a'],
    ['state:failed OR metric.m<=3', 'metric:m<=3'],
  ])('that is written as MLflow does (%s) is no text to search for, and says how it is written here', (text, here) => {
    expect(parseRunFilter(text)).toEqual({ problem: expect.stringContaining(` ${here},`) });
  });

  it.each([
    `experiment:${'x'.repeat(1001)}`,
    'state:lost',
    'colour:red',
    'tag:',
    'experiment:',
    'is:tall',
    'state:',
    'param:lr',
    'metric:auc>high',
  ])('%s is refused with a sentence', (text) => {
    expect(parseRunFilter(text)).toEqual({ problem: expect.stringMatching(/^.{10,}\.$/) });
  });
});

describe('a value that is completed in a filter', () => {
  const values = [
    'plain',
    'two words',
    '5" disk',
    'a"b',
    '"',
    '\\',
    'C:\\new data\\',
    'say \\"hi\\"',
    'k="two words"',
    'tab\there',
  ];

  it.each(values)('%j is read as it was, wherever it stands', (value) => {
    const text = `is:starred  tag:${quotedFilterValue(value)} net`;
    expect(filterWordsOf(text)).toEqual([
      expect.objectContaining({ key: 'is', value: 'starred' }),
      expect.objectContaining({ key: 'tag', value, start: 12, end: text.length - 4 }),
      expect.objectContaining({ key: null, value: 'net' }),
    ]);
  });

  it.each(values)('%j is one word, and the last, while it is typed', (value) => {
    const text = `net tag:${quotedFilterValue(value)}`;
    for (let length = 'net tag:x'.length; length <= text.length; length++) {
      expect(lastFilterWord(text.slice(0, length))).toMatchObject({ key: 'tag', start: 4 });
    }
    expect(lastFilterWord(`${text} `)).toBeUndefined();
  });
});
