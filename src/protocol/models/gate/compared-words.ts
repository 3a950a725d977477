// Why there is nothing to compare a version with.

/** `isFirst`: nothing ever was in the other's place. */
export interface NothingCompared {
  none: string;
  isFirst: boolean;
}

/** Of a model without a champion. One that was taken away is not one that never was. */
export function noChampion(name: string, had: boolean): NothingCompared {
  const none = had
    ? `${name} has no champion any more.`
    : `${name} has no champion yet: there is nothing to compare with.`;
  return { none, isFirst: !had };
}

/** Of a word that means the version that is judged. The champion is no rival of its own; any other word is moved by hand. */
export function versionItself(word: string): NothingCompared {
  return { none: `${word} is this version itself: there is nothing to compare with.`, isFirst: word === 'champion' };
}
