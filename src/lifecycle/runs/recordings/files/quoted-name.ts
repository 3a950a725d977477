// git writes a name that holds a quote, a backslash or a control character as a C string.

const letters: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** The name that `"a/\"x\".py"` stands for; a name without quotes around it is the name itself. */
export function unquotedName(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  const inner = Buffer.from(text.slice(1, -1), 'utf8').toString('latin1');
  const bytes = inner.replace(/\\([0-7]{3}|.)/g, (_all, code: string) => {
    if (code.length === 3) return String.fromCharCode(Number.parseInt(code, 8));
    const letter = letters[code];
    return letter === undefined ? code : String.fromCharCode(letter);
  });
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
