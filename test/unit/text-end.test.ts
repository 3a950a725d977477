// What is taken off the end of a text, and what it costs: texts of megabytes that a quadratic way needs hours for.
import { describe, expect, it } from 'vitest';
import { withoutEnd } from '../../src/base/text-end';
import { drawnLast, plainOutput } from '../../src/protocol/recording/terminal-escapes';

const many = 4_000_000;

describe('the end of a text', () => {
  it('is taken off, and nothing before it', () => {
    expect(withoutEnd('/a//b//', /\//)).toBe('/a//b');
    expect(withoutEnd('//', /\//)).toBe('');
    expect(withoutEnd('', /\//)).toBe('');
    expect(withoutEnd('What? . \n', /[.\s]/)).toBe('What?');
  });

  it('a run of carriage returns in the output does not stop whoever draws it', () => {
    const returns = '\r'.repeat(many);
    expect(drawnLast(`${returns}end`)).toBe('end');
    expect(drawnLast(`10%${returns}`)).toBe('10%');
    expect(plainOutput(`a\n${returns}b${returns}\n`)).toBe('a\nb\n');
  });
});
