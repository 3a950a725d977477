// What tells people apart whose addresses git says.

/** One text for all ways in which the letters of an address are written. */
export function personKey(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}

/** Whether two addresses are of one person. */
export function isSamePerson(a: string, b: string): boolean {
  return personKey(a) === personKey(b);
}
