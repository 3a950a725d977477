// Answers come again and again with little new in them; what is the same stays the same object, so that nothing
// built from it is built again.

/** `next`, with every part of it that equals the same part of `old` replaced by that part. Plain JSON values only. */
export function keepEqual<T>(old: unknown, next: T): T {
  if (Object.is(old, next)) return next;
  if (Array.isArray(next)) return keepParts(old, next, Array.isArray(old)) as T;
  if (isRecord(next)) return keepParts(old, next, isRecord(old)) as T;
  return next;
}

function keepParts(old: unknown, next: object, isSameKind: boolean): object {
  if (!isSameKind) return next;
  const before = old as Record<string, unknown>;
  const after = next as Record<string, unknown>;
  const keys = Object.keys(after);
  let isSame = keys.length === Object.keys(before).length;
  for (const key of keys) {
    const kept = keepEqual(before[key], after[key]);
    after[key] = kept;
    isSame &&= Object.is(before[key], kept) && key in before;
  }
  return isSame ? before : after;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
