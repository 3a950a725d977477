// Runs that are repeats of one another: they differ in nothing but their seed, or the fold they left out.
import { seededCommand } from '../../../protocol/comparison/seeded-command';
import type { ComparedRun } from './compared-run';

/** Params that name the seed of a run, unless slipway.yaml names others. */
export const usualRepeats: readonly string[] = ['seed', 'random_state', 'random_seed'];
/** Params that name which part of the data was held out. */
export const foldNames: readonly string[] = ['fold', 'cv_fold', 'fold_index', 'fold_id'];
const foldCounts: readonly string[] = ['n_folds', 'folds', 'n_splits', 'cv'];

/** The runs in groups of repeats, in the order in which they were named. */
export function groupRepeats(runs: readonly ComparedRun[], seeds: readonly string[]): ComparedRun[][] {
  const groups = new Map<string, ComparedRun[]>();
  for (const run of runs) {
    const key = likeness(run, seeds);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups.values()];
}

/** Runs with the seed and fold of another one say nothing new: the first of each, and the names of the others. */
export function distinctRepeats(
  runs: readonly ComparedRun[],
  seeds: readonly string[],
): { runs: ComparedRun[]; copies: string[] } {
  const known = new Set<string>();
  const copies: string[] = [];
  const kept = runs.filter((run) => {
    const name = repeatName(run, seeds);
    const isCopy = name !== '' && known.has(name);
    if (isCopy) copies.push(run.name);
    known.add(name);
    return !isCopy;
  });
  return { runs: kept, copies };
}

/** Those of `others` that are repeats of `run`. */
export function repeatsAmong(
  others: readonly ComparedRun[],
  run: ComparedRun | undefined,
  seeds: readonly string[],
): ComparedRun[] {
  if (run === undefined) return [];
  const key = likeness(run, seeds);
  return others.filter((each) => likeness(each, seeds) === key);
}

/** What two repeats have in common: params but the seeds, data, code. */
function likeness({ params, datasets, recording }: ComparedRun, seeds: readonly string[]): string {
  const left = new Set([...seeds, ...foldNames]);
  const rest = params.filter(({ key }) => !left.has(key)).map(({ key, value }) => [key, value]);
  // Of folds the data differ by design.
  const isFold = params.some(({ key }) => foldNames.includes(key));
  const inputs = (recording?.inputs ?? []).map(({ path, sha256 }) => [path, sha256]);
  const data = isFold ? [] : [...datasets.map(({ name, digest, context }) => [name, digest, context]), ...inputs];
  const { commit = null, changes = null, diffDigest = null } = recording?.git ?? {};
  const code = [commit, changes, diffDigest];
  return JSON.stringify([rest.sort(), data.sort(), code]);
}

/**
 * What tells a repeat from the others: its seed, which its command may name, and fold. Empty where the run names neither.
 * One seed is told by its value alone, whatever its name: `seed` of one library is `random_state` of another.
 */
export function repeatName(run: ComparedRun, seeds: readonly string[]): string {
  const { params, recording } = run;
  const seed = params.some(({ key }) => seeds.includes(key))
    ? params.filter(({ key }) => seeds.includes(key))
    : seedOf(recording?.command ?? [], seeds);
  return [told('seed', seed), foldName(run)].filter((part) => part !== '').join(', ');
}

/** `seed 3`; values that differ are told by their names as well, in the order of these. */
function told(what: string, named: ComparedRun['params']): string {
  const values = new Set(named.map(({ value }) => value));
  if (values.size === 0) return '';
  if (values.size === 1) return `${what} ${[...values][0]}`;
  return named
    .map(({ key, value }) => `${key} ${value}`)
    .toSorted()
    .join(', ');
}

function seedOf(command: readonly string[], seeds: readonly string[]): ComparedRun['params'] {
  const found = seededCommand(command, seeds);
  return found === undefined ? [] : [{ key: found.name, value: String(found.seed) }];
}

/** Which part of the data was held out of a run's training; empty where the run names none. */
export function foldName({ params }: ComparedRun): string {
  return told(
    'fold',
    params.filter(({ key }) => foldNames.includes(key)),
  );
}

/** Number of folds that the runs are of; 0 where they are of none. */
export function foldCount(runs: readonly ComparedRun[]): number {
  const folds = new Set(
    runs.flatMap(({ params }) => params.filter(({ key }) => foldNames.includes(key)).map(({ value }) => value)),
  );
  if (folds.size < 2) return 0;
  const said = runs.flatMap(({ params }) =>
    params.filter(({ key }) => foldCounts.includes(key)).map(({ value }) => Number(value)),
  );
  return Math.max(folds.size, ...said.filter((count) => Number.isInteger(count)));
}
