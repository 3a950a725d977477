// Commands that are given their seed as a word, so that the same training can be run with others.

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

/** The first `count` seeds from 0 on that are not `taken`. */
export function freeSeeds(taken: ReadonlySet<number>, count: number): number[] {
  const found: number[] = [];
  for (let seed = 0; found.length < count; seed++) if (!taken.has(seed)) found.push(seed);
  return found;
}
