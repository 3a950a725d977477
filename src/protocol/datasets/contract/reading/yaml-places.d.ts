import type { ContractProblem, Place } from '../contract';
/** Keys and positions from the top of the file. */
export type YamlPath = readonly (string | number)[];
/** A parsed text. `value` is undefined when `problems` says why. */
export declare class YamlPlaces {
  #private;
  readonly value: unknown;
  readonly problems: ContractProblem[];
  constructor(text: string);
  /** Where the value at the path stands, on its first line; where its key stands with `of: 'key'`. */
  place(path: YamlPath, of?: 'value' | 'key'): Place;
  /** From where to where in the text the value at the path stands; undefined where there is none. */
  range(path: YamlPath): [number, number] | undefined;
}
