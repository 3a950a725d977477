// A command as a person types it, and as words. What only a shell understands is handed to a shell, visibly.

const shellSyntax = /[|&;<>`*?~(){}[\]!#]|\$|^\w+=/;

/** What stands before a line for the shell that is to read it. */
const shells = {
  // A training that fails behind a pipe, as in `python train.py | tee log.txt`, is a failure.
  bash: ['bash', '-o', 'pipefail', '-c'],
  sh: ['sh', '-c'],
  cmd: ['cmd', '/d', '/s', '/c'],
} as const;

/** A shell that a typed line may be handed to. Of a pipe, `sh` and `cmd` know the last part's exit code only. */
export type LineShell = keyof typeof shells;

/**
 * The words of a typed line: quotes and backslashes as in a POSIX shell, nothing expanded. A line that uses more of a
 * shell than that becomes the words that hand it to `shell`. Empty for a blank line.
 */
export function commandWords(line: string, shell: LineShell): string[] {
  const text = line.trim();
  if (needsShell(text)) return [...shells[shell], text];
  return [...text.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g)].map(([word]) => plainWord(word));
}

/** True for a line that `commandWords` hands to a shell. */
export function needsShell(line: string): boolean {
  const bare = line
    .trim()
    .replace(/'[^']*'/g, '')
    .replace(/\\./g, '');
  const outside = bare.replace(/"[^"]*"/g, '');
  return shellSyntax.test(outside) || /["'`]/.test(outside) || /"[^"]*[$`][^"]*"/.test(bare);
}

/** True for the words that `commandWords` hands to bash: a shell that waits for the parts of a line. */
export function isShellLine(words: readonly string[]): boolean {
  return words.length === shells.bash.length + 1 && shells.bash.every((word, at) => word === words[at]);
}

/** The line that `commandWords` reads back as these words. */
export function commandText(words: readonly string[]): string {
  const script = words.at(-1);
  const isScript = Object.values(shells).some(
    (shell) => words.length === shell.length + 1 && shell.every((word, at) => word === words[at]),
  );
  if (isScript && script !== undefined) return script;
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

function plainWord(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
    (_, single?: string, double?: string, escaped?: string) =>
      single !== undefined ? single : double !== undefined ? double.replace(/\\(["\\])/g, '$1') : (escaped ?? ''),
  );
}
