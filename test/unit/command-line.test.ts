// What a person types as a command, and what is started.
import { describe, expect, it } from 'vitest';
import { commandText, commandWords } from '../../src/protocol/command-line';

describe('a typed command', () => {
  it.each([
    ['python train.py', ['python', 'train.py']],
    ['  python  train.py --lr=0.1 ', ['python', 'train.py', '--lr=0.1']],
    [`python 'my script.py' "a b" c\\ d`, ['python', 'my script.py', 'a b', 'c d']],
    [`python -c "print(\\"x\\")"`, ['python', '-c', 'print("x")']],
    [`echo '$HOME | x'`, ['echo', '$HOME | x']],
    [`echo ""`, ['echo', '']],
    ['', []],
  ])('%s is these words', (line, words) => {
    expect(commandWords(line)).toEqual(words);
    expect(commandWords(commandText(words))).toEqual(words);
  });

  it.each(['python a.py | tee log', 'LR=1 python a.py', 'echo $HOME', 'cat *.csv', 'echo "$HOME"', 'echo "open'])(
    '%s needs a shell, and gets one',
    (line) => {
      expect(commandWords(line)).toEqual(['sh', '-c', line]);
      expect(commandText(commandWords(line))).toBe(line);
    },
  );
});
