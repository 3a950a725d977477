// A command as a person types it, and as words. What only a shell understands is handed to a shell, visibly.

const shellSyntax = /[|&;<>`*?~(){}[\]!#]|\$|^\w+=/;

/**
 * The words of a typed line: quotes and backslashes as in a POSIX shell, nothing expanded. A line that uses more of a
 * shell than that becomes `sh -c LINE`. Empty for a blank line.
 */
export function commandWords(line: string): string[] {
  const text = line.trim();
  const bare = text.replace(/'[^']*'/g, '').replace(/\\./g, '');
  const outside = bare.replace(/"[^"]*"/g, '');
  if (shellSyntax.test(outside) || /["'`]/.test(outside) || /"[^"]*[$`][^"]*"/.test(bare)) return ['sh', '-c', text];
  return [...text.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g)].map(([word]) => plainWord(word));
}

/** The line that `commandWords` reads back as these words. */
export function commandText(words: readonly string[]): string {
  const [shell, flag, script] = words;
  if (shell === 'sh' && flag === '-c' && script !== undefined && words.length === 3) return script;
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

function plainWord(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
    (_, single?: string, double?: string, escaped?: string) =>
      single !== undefined ? single : double !== undefined ? double.replace(/\\(["\\])/g, '$1') : (escaped ?? ''),
  );
}
