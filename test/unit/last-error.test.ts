// What a failed command said last.
import { describe, expect, it } from 'vitest';
import { lastError } from '../../webview/run/head/last-error';

const traceback = (error: string, ...frames: [string, number][]) =>
  `Traceback (most recent call last):\n${frames
    .map(([path, line]) => `  File "${path}", line ${line}, in f\n    call()\n    ~~~~^^\n`)
    .join('')}${error}\n`;

describe('the last error of an output', () => {
  it('is that of the last traceback, at the innermost line that is no installed package', () => {
    const output = [
      'epoch 1\r epoch 2\n',
      traceback('KeyError: "first"', ['/project/a.py', 1]),
      '\nDuring handling of the above exception, another exception occurred:\n\n',
      traceback(
        'ValueError: the rate is too high',
        ['/project/train.py', 6],
        ['/project/net.py', 4],
        ['/venv/lib/python3.11/site-packages/torch/nn.py', 99],
      ),
      'exiting\n',
    ].join('');
    expect(lastError(output)).toEqual({
      text: 'ValueError: the rate is too high',
      place: { path: '/project/net.py', line: 4 },
    });
  });

  it('is a package line where there is no other, and code typed at a prompt has no place', () => {
    const inside = '/usr/lib/python3.11/json/decoder.py';
    expect(lastError(traceback('E: x', [inside, 3]))?.place).toEqual({ path: inside, line: 3 });
    expect(lastError(traceback('NameError: x', ['<string>', 1]))).toEqual({ text: 'NameError: x', place: null });
  });

  it('without a traceback is a last line that tells of one, colours taken off', () => {
    const red = '\u001b[31m';
    expect(lastError(`step 1\n${red}sh: 1: foo: not found\u001b[0m\n\n`)).toEqual({
      text: 'sh: 1: foo: not found',
      place: null,
    });
    expect(lastError('step 1\nstep 2\n')).toBe(null);
    expect(lastError('')).toBe(null);
    expect(lastError('Traceback (most recent call last):\n  File "a.py", line 1')).toBe(null);
  });
});
