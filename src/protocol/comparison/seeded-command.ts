// Commands that are given their seed as a word, so that the same training can be run with others.
import type { RunDetail } from '../run';

/** A command's seed: the name it has there, its value, and the words with another one. */
export interface SeededCommand {
  name: string;
  seed: number;
  withSeed: (seed: number) => string[];
}

const whole = /^\d{1,9}$/;

/**
 * The seed in a command: `--seed 3`, `--seed=3`, `seed=3` for each of `names`, with `-` as good as `_`. Undefined when
 * none of its words is one.
 */
export function seededCommand(command: readonly string[], names: readonly string[]): SeededCommand | undefined {
  const [first] = seedPlaces(command, names);
  if (first === undefined) return undefined;
  const { name, seed, at, before } = first;
  return { name, seed, withSeed: (other) => command.with(at, `${before}${other}`) };
}

/** The words of a command but those that name a seed. */
export function withoutSeeds(command: readonly string[], names: readonly string[]): string[] {
  const left = new Set(seedPlaces(command, names).flatMap(({ from, at }) => [from, at]));
  return command.filter((_, place) => !left.has(place));
}

/** A seed begins at word `from`; its number is in word `at`, behind the text `before`. */
interface SeedPlace {
  name: string;
  seed: number;
  from: number;
  at: number;
  before: string;
}

function seedPlaces(command: readonly string[], names: readonly string[]): SeedPlace[] {
  return command.flatMap((word, from) => {
    const [, dashes = '', written = '', joined] = /^(-{0,2})([\w-]+)(?:=(.*))?$/.exec(word) ?? [];
    const name = names.find((each) => each === written.replaceAll('-', '_'));
    const value = joined ?? (dashes === '' ? undefined : command[from + 1]);
    if (name === undefined || value === undefined || !whole.test(value)) return [];
    const isJoined = joined !== undefined;
    const before = isJoined ? `${dashes}${written}=` : '';
    return [{ name, seed: Number(value), from, at: isJoined ? from : from + 1, before }];
  });
}

/** The seeds that a run's params or its command name. */
export function seedsOfRun(
  { params, recording }: Pick<RunDetail, 'params' | 'recording'>,
  names: readonly string[],
): number[] {
  const logged = params.filter(({ key, value }) => names.includes(key) && whole.test(value));
  if (logged.length > 0) return logged.map(({ value }) => Number(value));
  const told = seededCommand(recording?.command ?? [], names);
  return told === undefined ? [] : [told.seed];
}

/** The seeds that the runs of one side have, and those of all its repeats, compared or not. */
export interface SideSeeds {
  compared: ReadonlySet<number>;
  taken: ReadonlySet<number>;
}

/** Seeds that some sides have and others lack, so that a run of the others makes a pair; none that a repeat has already. */
export function unpairedSeeds(sides: readonly SideSeeds[]): number[] {
  const all = [...new Set(sides.flatMap(({ compared }) => [...compared]))].sort((a, b) => a - b);
  return all.filter((seed) => {
    const lacking = sides.filter(({ compared }) => !compared.has(seed));
    return lacking.length > 0 && lacking.every(({ taken }) => !taken.has(seed));
  });
}

/**
 * What each side has to run so that there are `count` more seeds that all sides have: those that some have already come
 * first, then the lowest that no repeat of any side has.
 */
export function furtherSeeds(sides: readonly SideSeeds[], count: number): number[][] {
  const chosen = unpairedSeeds(sides).slice(0, count);
  const used = (seed: number): boolean => sides.some(({ compared, taken }) => compared.has(seed) || taken.has(seed));
  for (let seed = 0; chosen.length < count; seed += 1) if (!used(seed)) chosen.push(seed);
  return sides.map(({ compared }) => chosen.filter((seed) => !compared.has(seed)));
}
