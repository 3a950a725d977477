// What a process's processor time went to, read from a profile of V8.

/** A profile as `Profiler.stop` gives it; times are microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[];
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

/**
 * The most milliseconds that code from files whose address holds `part` ran for without a break for others, between two
 * times after the profile's start, in milliseconds. What V8 does on its own account (collecting garbage) is no break.
 */
export function longestTurn(profile: CpuProfile, part: string, { from, to }: { from: number; to: number }): number {
  const owned = ownedBy(profile, part);
  const engines = new Set(
    profile.nodes.filter(({ callFrame }) => /^\((garbage|program)/.test(callFrame.functionName)).map(({ id }) => id),
  );
  let [at, turn, longest] = [0, 0, 0];
  for (const [index, sample] of profile.samples.entries()) {
    const delta = (profile.timeDeltas[index] ?? 0) / 1000;
    at += delta;
    if (owned.has(sample)) turn += at >= from && at <= to ? delta : 0;
    else if (!engines.has(sample)) turn = 0;
    longest = Math.max(longest, turn);
  }
  return longest;
}

/** The nodes whose stack holds a function of such a file. */
function ownedBy({ nodes }: CpuProfile, part: string): Set<number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owned = new Set<number>();
  const own = (id: number): void => {
    owned.add(id);
    for (const child of byId.get(id)?.children ?? []) own(child);
  };
  for (const { id, callFrame } of nodes) if (callFrame.url.includes(part)) own(id);
  return owned;
}
