// What a person types as a command, and what is started.
import { describe, expect, it } from 'vitest';
import { commandText, commandWords } from '../../src/protocol/recording/command-line';

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
    expect(commandWords(line, 'bash')).toEqual(words);
    expect(commandWords(commandText(words), 'bash')).toEqual(words);
  });

  it.each(['python a.py | tee log', 'LR=1 python a.py', 'echo $HOME', 'cat *.csv', 'echo "$HOME"', 'echo "open'])(
    '%s needs a shell, and gets one',
    (line) => {
      expect(commandWords(line, 'bash')).toEqual(['bash', '-o', 'pipefail', '-c', line]);
      expect(commandWords(line, 'sh')).toEqual(['sh', '-c', line]);
      expect(commandWords(line, 'cmd')).toEqual(['cmd', '/d', '/s', '/c', line]);
      for (const shell of ['bash', 'sh', 'cmd'] as const) expect(commandText(commandWords(line, shell))).toBe(line);
    },
  );
});
