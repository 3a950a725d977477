/** An address as git writes it into commits: without `<` and `>`, and at both ends without blanks and `.,:;"\'`. */
export declare function addressInGit(address: string): string;
/** One text for all ways in which an address is written. */
export declare function personKey(address: string): string;
/** Whether two addresses are of one person. */
export declare function isSamePerson(a: string, b: string): boolean;
