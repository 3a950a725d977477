// What drift is measured against, as it is written: a version, several with commas, or `last:N`, the N before the version in question.

/** As many versions as one reference is made of at most. */
export const mostReferences = 50;

/** `last:3`. */
export const lastPattern = /^last:([1-9]|[1-4]\d|50)$/;

/** What is wrong with one that looks like `last:N`, and is none. */
export const lastAdvice = `last:N takes a whole number from 1 to ${mostReferences}, such as last:3`;

/** A label, or the beginning of an id. */
const namePattern = /^[\p{L}\p{N}_][\p{L}\p{N}_.\-+]*$/u;
const nameAdvice = 'it is last:N, or versions by label or id, such as [2013-01, 2013-02]';

/** How many versions `last:N` means; null for what names versions. */
export function lastCount(reference: string): number | null {
  const [, count] = lastPattern.exec(reference) ?? [];
  return count === undefined ? null : Number(count);
}

/** The versions of a reference that names them. */
export function namedVersions(reference: string): string[] {
  return [...new Set(reference.split(',').map((name) => name.trim()))].filter((name) => name !== '');
}

/** A reference of slipway.yaml as one text. */
export function writtenReference(reference: string | readonly string[]): string {
  return [reference].flat().join(',');
}

/** What is wrong with a reference of slipway.yaml, as the sentence to be told; undefined where nothing is. */
export function referenceFault(reference: string | readonly string[]): string | undefined {
  const names = namedVersions(writtenReference(reference));
  if (names.length === 1 && lastCount(names[0] as string) !== null) return undefined;
  if (names.some((name) => name.startsWith('last:'))) return names.length === 1 ? lastAdvice : 'last:N stands alone';
  if (names.length === 0 || names.some((name) => !namePattern.test(name) || name === 'latest')) return nameAdvice;
  return names.length > mostReferences ? `a reference is made of at most ${mostReferences} versions` : undefined;
}
