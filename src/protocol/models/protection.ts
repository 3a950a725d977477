// Which stages and aliases a decision alone may move.

/** A version in production is the champion: whoever protects one of the two words protects both. */
const ofProduction: ReadonlySet<string> = new Set(['champion', 'production']);

/** A stage or an alias as people write it: `@champion`, and `candidate` for what MLflow calls None. */
function plain(word: string): string {
  const lower = word.trim().replace(/^@/, '').toLowerCase();
  return lower === 'candidate' ? 'none' : lower;
}

/** True for the words of the one version in production, in any case of their letters. */
export function isProductionWord(word: string): boolean {
  return ofProduction.has(plain(word));
}

/** True when `protects` names that stage or alias, without regard to case. */
export function isProtected(protects: readonly string[], word: string): boolean {
  const wanted = plain(word);
  return protects.some((each) => {
    const own = plain(each);
    return own === wanted || (ofProduction.has(own) && ofProduction.has(wanted));
  });
}
