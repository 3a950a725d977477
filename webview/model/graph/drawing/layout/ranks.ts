// How far down each box stands.

/** A rank for each of `count` boxes, from 0. `edges` go from lower to higher numbers; each goes down by at least one rank. */
export function ranksOf(count: number, edges: readonly (readonly [number, number])[]): number[] {
  const after: number[][] = Array.from({ length: count }, () => []);
  const before = Array.from({ length: count }, () => 0);
  for (const [from, to] of edges) {
    if (from === to) continue;
    after[from]?.push(to);
    before[to] = (before[to] as number) + 1;
  }
  const ranks = Array.from({ length: count }, () => 0);
  for (const [from, next] of after.entries()) {
    for (const to of next) ranks[to] = Math.max(ranks[to] as number, (ranks[from] as number) + 1);
  }
  // What gives more than it takes stands close above those that take it: inputs that are read far below, most of all.
  for (let place = count - 1; place >= 0; place -= 1) {
    const next = after[place] as number[];
    if (next.length === 0 || next.length < (before[place] as number)) continue;
    ranks[place] = Math.min(...next.map((to) => (ranks[to] as number) - 1));
  }
  const used = [...new Set(ranks)].sort((a, b) => a - b);
  const packed = new Map(used.map((rank, at) => [rank, at]));
  return ranks.map((rank) => packed.get(rank) as number);
}
