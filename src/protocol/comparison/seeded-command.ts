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
  for (const [place, word] of command.entries()) {
    const [, dashes = '', written = '', joined] = /^(-{0,2})([\w-]+)(?:=(.*))?$/.exec(word) ?? [];
    const name = names.find((each) => each === written.replaceAll('-', '_'));
    if (name === undefined) continue;
    const value = joined ?? (dashes === '' ? undefined : command[place + 1]);
    if (value === undefined || !whole.test(value)) continue;
    const at = joined === undefined ? place + 1 : place;
    const before = joined === undefined ? '' : `${dashes}${written}=`;
    return { name, seed: Number(value), withSeed: (seed) => command.with(at, `${before}${seed}`) };
  }
  return undefined;
}

/** The first `count` seeds from 0 on that are not `taken`. */
export function freeSeeds(taken: ReadonlySet<number>, count: number): number[] {
  const found: number[] = [];
  for (let seed = 0; found.length < count; seed++) if (!taken.has(seed)) found.push(seed);
  return found;
}
