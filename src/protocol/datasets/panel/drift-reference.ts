// What drift is measured against, as it is written: a version, several with commas, or `last:N`, the N before the version in question.

/** As many versions as one reference is made of at most. */
export const mostReferences = 50;

/** `last:3`. */
export const lastPattern = /^last:([1-9]|[1-4]\d|50)$/;

/** What is wrong with one that looks like `last:N`, and is none. */
export const lastAdvice = `last:N takes a whole number from 1 to ${mostReferences}, such as last:3`;

/** How many versions `last:N` means; null for what names versions. */
export function lastCount(reference: string): number | null {
  const [, count] = lastPattern.exec(reference) ?? [];
  return count === undefined ? null : Number(count);
}

/** The versions of a reference that names them. */
export function namedVersions(reference: string): string[] {
  return [...new Set(reference.split(',').map((name) => name.trim()))].filter((name) => name !== '');
}
