// How many runs it takes before something can be told of them.

/** p below that decides, after Holm's correction, where the whole 95 % interval lies on one side. */
export const decisive = 0.05;

/** So many pairs of seeds can reach .05 by the signs of their differences, when so many p values are judged together. */
export function fewestPairs(together: number): number {
  return Math.ceil(Math.log2((2 * together) / decisive));
}

/** With fewer runs a tree of a forest has no room for a second split. */
export const fewestForForest = 20;
