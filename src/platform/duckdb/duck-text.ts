// Names and texts inside DuckDB's SQL.

/** A name as an identifier, whatever characters it has, quotes too. Throws RangeError for a NUL, which no identifier may hold. */
export function identifier(name: string): string {
  if (name.includes('\0')) throw new RangeError('A name holds a NUL character.');
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Texts as a list literal. */
export function literalList(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}
