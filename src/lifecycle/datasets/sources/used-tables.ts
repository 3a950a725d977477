// Which datasets a SELECT reads: the names among its words. The data process finds out whether it is sound.

/** The names of `known` that stand in the query outside of texts and comments, by name. */
export function usedTables(query: string, known: readonly string[]): string[] {
  const words = new Set<string>();
  const pattern = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"((?:[^"]|"")*)"|([\p{L}_][\p{L}\p{N}_$]*)/gu;
  for (const [, quoted, plain] of query.matchAll(pattern)) {
    if (quoted !== undefined) words.add(quoted.replaceAll('""', '"'));
    else if (plain !== undefined) words.add(plain.toLowerCase());
  }
  // DuckDB does not mind the case of a name that is not quoted.
  return known.filter((name) => words.has(name) || words.has(name.toLowerCase())).sort((a, b) => (a < b ? -1 : 1));
}
