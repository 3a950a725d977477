import { type Document } from 'yaml';
/** Makes texts of their digits out of such numbers of the document, where a check takes texts as well. */
export declare function keepDigits(document: Document): void;
