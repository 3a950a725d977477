// Where a bench in the editor leaves its numbers: one JSON line each in $SLIPWAY_BENCH_OUT. It judges nothing.
import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Leaves numbers by name. Fails when one was not measured. */
export function tell(numbers: Record<string, number>): void {
  expect(Object.values(numbers).every(Number.isFinite)).toBe(true);
  const out = process.env.SLIPWAY_BENCH_OUT;
  if (out !== undefined) appendFileSync(out, `${JSON.stringify(numbers)}\n`);
}

/** The middle value; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
