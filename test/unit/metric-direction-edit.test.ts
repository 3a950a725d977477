// A direction is written into slipway.yaml, and what people wrote around it stays.
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/workspace/config';
import { withDirection } from '../../src/workspace/metric-direction-edit';

const written = `# Our project
version: 1                # the only one
metrics:
  roc_auc:   { direction: up, headline: true }   # what counts
  # noise
  wer:
    direction: up
`;

describe('a direction in slipway.yaml', () => {
  it('changes one word and nothing else', () => {
    expect(withDirection(written, { key: 'wer', direction: 'down' })).toBe(
      written.replace('    direction: up', '    direction: down'),
    );
    expect(withDirection(written, { key: 'roc_auc', direction: 'down' })).toBe(
      written.replace('{ direction: up', '{ direction: down'),
    );
  });

  it('joins the metrics there are, comments kept', () => {
    const text = withDirection(written, { key: 'val/odd: name', direction: 'down' });
    expect(parseConfig(text)).toMatchObject({
      problems: [],
      config: { metrics: { 'val/odd: name': { direction: 'down' }, roc_auc: { direction: 'up', headline: true } } },
    });
    for (const comment of ['# Our project', '# the only one', '# what counts', '# noise'])
      expect(text).toContain(comment);
  });

  it('makes a file where there is none, and says version 1 in it', () => {
    const text = withDirection('', { key: 'loss', direction: 'down' });
    expect(parseConfig(text)).toEqual({
      problems: [],
      config: { version: 1, metrics: { loss: { direction: 'down' } } },
    });
  });

  it('goes again, and with it what says nothing any more', () => {
    const once = withDirection('version: 1\n', { key: 'loss', direction: 'down' });
    expect(withDirection(once, { key: 'loss', direction: null })).toBe('version: 1\n');
    const kept = withDirection(written, { key: 'roc_auc', direction: null });
    expect(parseConfig(kept).config.metrics).toEqual({ roc_auc: { headline: true }, wer: { direction: 'up' } });
    expect(withDirection(written, { key: 'never', direction: null })).toBe(written);
  });
});
