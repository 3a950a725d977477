// What tells people apart whose addresses git says.

/** An address as git writes it into commits: without `<` and `>`, and at both ends without blanks and `.,:;"\'`. */
export function addressInGit(address: string): string {
  return address.replace(/[<>\n]/g, '').replace(/^[\s\p{Cc}.,:;"\\']+|[\s\p{Cc}.,:;"\\']+$/gu, '');
}

/** One text for all ways in which an address is written. */
export function personKey(address: string): string {
  const plain = addressInGit(address.normalize('NFKC')).toLowerCase();
  // Quoted or escaped, a name is the same one.
  return plain.replace(/["\\]/g, '');
}

/** Whether two addresses are of one person. */
export function isSamePerson(a: string, b: string): boolean {
  return personKey(a) === personKey(b);
}
