// A direction is written into slipway.yaml, and what people wrote around it stays.
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/workspace/config';
import { withDirection } from '../../src/workspace/config-edits/metric-direction-edit';

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
      config: { version: 1, datasets: {}, models: {}, metrics: { loss: { direction: 'down' } } },
    });
  });

  it('keeps the line ends and the byte order mark of the file', () => {
    const windows = `\uFEFF${written.replaceAll('\n', '\r\n')}`;
    const text = withDirection(windows, { key: 'loss', direction: 'down' });
    expect(text).toMatch(/^\uFEFF# Our project\r\n/);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(parseConfig(text).config.metrics).toMatchObject({ loss: { direction: 'down' }, wer: { direction: 'up' } });
    expect(withDirection(windows, { key: 'wer', direction: 'down' })).toBe(
      windows.replace('    direction: up', '    direction: down'),
    );
  });

  it('is not written where an anchor would give it to other metrics too', () => {
    const shared = 'version: 1\nmetrics:\n  a: &both { direction: up }\n  b: *both\n  c: { direction: &word up }\n';
    for (const key of ['a', 'b', 'c'])
      expect(() => withDirection(shared, { key, direction: 'down' })).toThrow('an anchor shares it with others');
    expect(parseConfig(withDirection(shared, { key: 'd', direction: 'down' })).config.metrics).toMatchObject({
      b: { direction: 'up' },
      d: { direction: 'down' },
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
