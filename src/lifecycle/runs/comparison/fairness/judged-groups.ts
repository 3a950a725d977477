// What can be said of groups of rows, whatever was predicted.
import type { Disparity, GroupMeasures } from '../../../../protocol/comparison/fairness';

/** Groups are given as places among the judged rows. */
export interface JudgedGroups {
  measures(places: readonly number[]): GroupMeasures;
  /** `lowest` and `highest` are places among `groups`. */
  disparities(groups: readonly (readonly number[])[]): Disparity[];
}
