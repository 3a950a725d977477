// Which lines of two texts belong together: the fewest that have to go and to come (Myers 1986).

/** A line of both texts side by side; null where a side has none. */
export interface LinePair {
  before: string | null;
  after: string | null;
}

/** Texts that have more to change than that are different texts, and paired by place alone. */
const mostChanges = 600;

/** All lines of both in their order; those that changed at one place stand beside each other. */
export function linePairs(before: readonly string[], after: readonly string[]): LinePair[] {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const [first, second] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const same = (lines: readonly string[]): LinePair[] => lines.map((line) => ({ before: line, after: line }));
  const tail = end === 0 ? [] : before.slice(-end);
  return [...same(before.slice(0, start)), ...middlePairs(first, second), ...same(tail)];
}

function middlePairs(before: readonly string[], after: readonly string[]): LinePair[] {
  const kept = keptLines(before, after);
  const pairs: LinePair[] = [];
  let [left, right] = [0, 0];
  for (const [x, y] of [...kept, [before.length, after.length] as const]) {
    const changed = Math.max(x - left, y - right);
    for (let place = 0; place < changed; place += 1) {
      pairs.push({
        before: left + place < x ? (before[left + place] ?? '') : null,
        after: right + place < y ? (after[right + place] ?? '') : null,
      });
    }
    if (x < before.length && y < after.length) pairs.push({ before: before[x] ?? '', after: after[y] ?? '' });
    [left, right] = [x + 1, y + 1];
  }
  return pairs;
}

/** The places of lines that both have, in both texts; none where there is too much to change. */
function keptLines(before: readonly string[], after: readonly string[]): (readonly [number, number])[] {
  const most = Math.min(mostChanges, before.length + after.length);
  const reached = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    trace.push(reached.slice());
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const at = diagonal + most + 1;
      const isDown = diagonal === -changes || (diagonal !== changes && (reached[at - 1] ?? 0) < (reached[at + 1] ?? 0));
      let x = isDown ? (reached[at + 1] ?? 0) : (reached[at - 1] ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      reached[at] = x;
      if (x >= before.length && x - diagonal >= after.length)
        return walkedBack(trace, [before.length, after.length], most);
    }
  }
  return [];
}

/** From the end of both to their beginning, along what was reached with one change less each time. */
function walkedBack(
  trace: readonly Int32Array[],
  [width, height]: readonly [number, number],
  most: number,
): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  let [x, y] = [width, height];
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const reached = trace[changes] ?? new Int32Array(0);
    const diagonal = x - y;
    const at = diagonal + most + 1;
    const isDown = diagonal === -changes || (diagonal !== changes && (reached[at - 1] ?? 0) < (reached[at + 1] ?? 0));
    const fromX = changes === 0 ? 0 : isDown ? (reached[at + 1] ?? 0) : (reached[at - 1] ?? 0);
    const fromY = changes === 0 ? 0 : fromX - (isDown ? diagonal + 1 : diagonal - 1);
    while (x > fromX && y > fromY) {
      [x, y] = [x - 1, y - 1];
      kept.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return kept.reverse();
}
