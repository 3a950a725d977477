// What a panel that is shown again draws at once: the latest answers, as many as keep the page quick.
import { describe, expect, it } from 'vitest';
import { KeptAnswers } from '../../src/extension/panels/kept-answers';

const runId = '1'.repeat(32);

describe('the answers that are kept for a hidden panel', () => {
  it('are not all lost to one that is too long, the newest or not', () => {
    const answers = new KeptAnswers();
    answers.keep('metrics.names', { runId }, ['loss']);
    answers.keep('output.read', { runId }, 'x'.repeat(700_000));
    answers.keep('artifacts.count', { runId }, { files: 3 });
    expect(Object.values(answers.all)).toEqual([{ files: 3 }, ['loss']]);
    answers.keep('traces.list', { runId }, 'x'.repeat(700_000));
    expect(Object.values(answers.all)).toEqual([{ files: 3 }, ['loss']]);
  });

  it('are the latest where there is no room for all', () => {
    const answers = new KeptAnswers();
    for (let index = 0; index < 4; index++) answers.keep('output.read', { index }, `${index}`.repeat(250_000));
    expect(Object.values(answers.all).map((text) => String(text).slice(0, 1))).toEqual(['3', '2']);
  });
});
