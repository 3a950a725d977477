// What lies on the stack while a pickle is followed.

/** A value as far as it matters: names that are imported, and what an array between the opcodes needs to be stepped over. */
export type PickleValue =
  | { kind: 'mark' }
  | { kind: 'other' }
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'tuple'; items: PickleValue[] }
  | { kind: 'dict'; entries: Map<string, PickleValue> }
  | { kind: 'global'; name: string }
  | { kind: 'object'; made: string; from: PickleValue[] };

export const otherValue: PickleValue = { kind: 'other' };
export const markValue: PickleValue = { kind: 'mark' };
/** Items of a tuple or a dictionary that are kept: shapes, and the parts of a type. */
export const mostItems = 64;
