// Which nodes of a large graph are drawn.
import type { GraphLinks } from './graph-links';

/** Readers of a node that are followed: what some nodes write is read everywhere, and would lead away. */
const mostFollowed = 8;

/** All where they are at most `most`, else those that are the fewest edges from `around`, whatever the direction. Ascending. */
export function nearest(links: GraphLinks, around: number | null, most: number): number[] {
  const { order } = links;
  if (order.length <= most) return order;
  const first = startOf(links, around);
  const found = new Set([first]);
  // A set goes on to what is added while it is walked over.
  for (const index of found) {
    const readers = links.after.get(index) ?? [];
    const followed = readers.length <= mostFollowed ? readers : index === first ? readers.slice(0, mostFollowed) : [];
    for (const each of [...(links.before.get(index) ?? []), ...followed]) {
      if (found.size >= most) return ascending(found);
      found.add(each);
    }
  }
  return ascending(found);
}

function ascending(found: ReadonlySet<number>): number[] {
  return [...found].sort((a, b) => a - b);
}

/** A constant stands in those that read it. */
function startOf({ order, nodes }: GraphLinks, around: number | null): number {
  const first = order[0] as number;
  const node = around === null ? undefined : nodes.get(around);
  if (node === undefined || order.includes(node.index)) return node?.index ?? first;
  return order.find((index) => nodes.get(index)?.reads.some((name) => node.outputs.includes(name))) ?? first;
}
