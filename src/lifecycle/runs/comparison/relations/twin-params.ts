// Params that were changed together: what one of them goes with, the other goes with as well.
import type { RelationColumn } from '../../../../protocol/comparison/relations';
import { kruskalWallis } from '../../../../statistics/association/kruskal-wallis';
import { spearman } from '../../../../statistics/association/spearman';
import { levelNumbers } from './level-numbers';

/** Beyond this share of the ranks' variance two params are one for all that these runs can say. */
const asOne = 0.9;
/** The strongest of them are looked at: pairs grow with the square. */
const mostParams = 20;
/** With fewer runs that have both, chance alone makes twins. */
const fewestRuns = 8;

/** By the id of each param the names of its twins; params without one are left out. */
export function twinsOf(columns: readonly RelationColumn[]): Map<string, string[]> {
  const twins = new Map<string, string[]>();
  const looked = columns.slice(0, mostParams);
  for (const [at, first] of looked.entries()) {
    for (const second of looked.slice(at + 1)) {
      if (!areTwins(first, second)) continue;
      twins.set(first.id, [...(twins.get(first.id) ?? []), second.name]);
      twins.set(second.id, [...(twins.get(second.id) ?? []), first.name]);
    }
  }
  return twins;
}

function areTwins(first: RelationColumn, second: RelationColumn): boolean {
  if (first.kind === 'level' && second.kind === 'level') return isSameDivision(first, second);
  const [line, other] = first.kind === 'number' ? [first, second] : [second, first];
  const places = line.values.flatMap((value, at) =>
    typeof value === 'number' && (other.kind === 'level' || typeof other.values[at] === 'number') ? [at] : [],
  );
  if (places.length < fewestRuns) return false;
  const along = places.map((at) => line.values[at] as number);
  if (other.kind === 'number')
    return (
      spearman(
        along,
        places.map((at) => other.values[at] as number),
      ).rho **
        2 >
      asOne
    );
  const groups = levelNumbers(places.map((at) => other.values[at] ?? null));
  return new Set(groups).size <= places.length / 2 && kruskalWallis(along, groups).share > asOne;
}

/** Each value of one goes with one value of the other. */
function isSameDivision(first: RelationColumn, second: RelationColumn): boolean {
  const [one, other] = [levelNumbers(first.values), levelNumbers(second.values)];
  const pairs = new Set(one.map((level, at) => `${level} ${other[at]}`));
  return pairs.size === new Set(one).size && pairs.size === new Set(other).size;
}
