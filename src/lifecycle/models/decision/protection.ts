// Which stages and aliases a decision alone may move.

/** A version in production is the champion: whoever protects one of the two words protects both. */
const ofProduction: ReadonlySet<string> = new Set(['champion', 'production']);

/** True for the words of the one version in production, in any case of their letters. */
export function isProductionWord(word: string): boolean {
  return ofProduction.has(word.toLowerCase());
}

/** True when `protects` names that stage or alias, without regard to case. */
export function isProtected(protects: readonly string[], word: string): boolean {
  const wanted = word.toLowerCase();
  return protects.some((each) => {
    const own = each.toLowerCase();
    return own === wanted || (ofProduction.has(own) && ofProduction.has(wanted));
  });
}
