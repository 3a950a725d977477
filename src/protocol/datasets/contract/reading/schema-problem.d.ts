import type * as z from 'zod';
import type { ContractProblem } from '../contract';
import type { YamlPath, YamlPlaces } from './yaml-places';
/** One issue: where it is within the value, and what is to be said. `isKey`: it is the key that is wrong. */
export interface IssueSentence {
  inner: (string | number)[];
  message: string;
  isKey: boolean;
}
/** The issues as sentences. `known` tells which keys there are at a path. */
export declare function issueSentences(
  { issues }: z.ZodError,
  known: (path: YamlPath) => readonly string[],
): IssueSentence[];
/** The issues as problems, each with its place in the file. */
export declare function schemaProblems(
  yaml: YamlPlaces,
  error: z.ZodError,
  known: (path: YamlPath) => readonly string[],
): ContractProblem[];
/** A type of JSON's values in words; the word itself of one that is not known. */
export declare function kindWord(type: string): string;
/** ` Did you mean X?` for the nearest of the names, '' where none is near. */
export declare function suggestion(word: string, names: readonly string[]): string;
