// What a lineage says in words: the heads of its columns, and where a thing comes from and what came of it in one line.
import { listText } from '../../../src/protocol/comparison/comparison-words';
import type { Lineage, LineageKind, LineageNode } from '../../../src/protocol/datasets/lineage';
import { countText } from '../../../src/protocol/wording';
import { keyOf } from './lineage-layout';

export const lineageHeads: Readonly<Record<LineageKind, string>> = {
  source: 'Sources',
  stage: 'Stages',
  version: 'Versions',
  run: 'Runs',
  model: 'Models',
};

const mostNamed = 3;

/** The head of a column that holds these kinds: `Stages, versions`. */
export function headOfKinds(kinds: readonly LineageKind[]): string {
  const text = kinds.map((kind) => lineageHeads[kind].toLowerCase()).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `Made from orders and cust, used by 2 runs, in 1 model`: of the thing with this key. */
export function lineageSummary(lineage: Lineage, of: string): string {
  const [before, after] = [reached(lineage, of, 'back'), reached(lineage, of, 'on')];
  const made = ofKind(after, 'version');
  const [runs, models] = [ofKind(after, 'run').length, ofKind(after, 'model').length];
  return [
    originText(lineage, of, before),
    ...(made.length === 0 ? [] : [`${namedText(made)} ${made.length === 1 ? 'is' : 'are'} made from it`]),
    runs === 0 ? 'not used by any run' : `used by ${countText(runs, 'run')}`,
    ...(models === 0 ? [] : [`in ${countText(models, 'model')}`]),
  ].join(', ');
}

/** What it was made from comes before where that lies. */
function originText(lineage: Lineage, of: string, before: readonly LineageNode[]): string {
  const parents = new Set(lineage.edges.filter(({ to }) => keyOf(to) === of).map(({ from }) => keyOf(from)));
  const near = before.filter((node) => parents.has(keyOf(node)));
  const [versions, makers] = [ofKind(near, 'version'), near.filter(({ kind }) => kind === 'run' || kind === 'stage')];
  if (versions.length > 0) return `Made from ${namedText(versions)}`;
  if (makers.length > 0) return `Written by ${namedText(makers)}`;
  const sources = ofKind(before, 'source');
  return sources.length === 0 ? 'Where it comes from is not known' : `From ${namedText(sources)}`;
}

function ofKind(nodes: readonly LineageNode[], kind: LineageKind): LineageNode[] {
  return nodes.filter((node) => node.kind === kind);
}

function namedText(nodes: readonly LineageNode[]): string {
  const names = nodes.map(({ name }) => name);
  const left = names.length - mostNamed;
  return left > 1 ? listText([...names.slice(0, mostNamed), `${left} more`]) : listText(names);
}

/** Everything that arrows lead to from a thing, or back from it, without it. */
function reached({ nodes, edges }: Lineage, of: string, way: 'back' | 'on'): LineageNode[] {
  const found = new Set([of]);
  for (const key of found) {
    for (const { from, to } of edges) {
      const [near, far] = way === 'on' ? [from, to] : [to, from];
      if (keyOf(near) === key) found.add(keyOf(far));
    }
  }
  found.delete(of);
  return nodes.filter((node) => found.has(keyOf(node)));
}
