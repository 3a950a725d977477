// Which word of a command is its seed, and the command with another.
import { describe, expect, it } from 'vitest';
import { furtherSeeds, seededCommand, seedsOfRun, withoutSeeds } from '../../src/protocol/comparison/seeded-command';
import type { Recording } from '../../src/protocol/run';

const names = ['seed', 'random_state'];

it.each([
  ['python train.py --seed 3 --lr 0.1', 'python train.py --seed 7 --lr 0.1', 'seed', 3],
  ['python train.py --seed=3', 'python train.py --seed=7', 'seed', 3],
  ['python train.py seed=0 lr=1', 'python train.py seed=7 lr=1', 'seed', 0],
  ['train --random-state 42', 'train --random-state 7', 'random_state', 42],
  ['train -seed 1', 'train -seed 7', 'seed', 1],
])('%s', (command, other, name, seed) => {
  const found = seededCommand(command.split(' '), names);
  expect(found).toMatchObject({ name, seed });
  expect(found?.withSeed(7).join(' ')).toBe(other);
});

it.each([
  'python train.py',
  'train --seed',
  'train --seed abc',
  'train seed 3',
  'train --seeds 3',
  'sh -c "train --seed 3"',
])('%s has none', (command) => {
  expect(seededCommand(command.startsWith('sh') ? ['sh', '-c', 'train --seed 3'] : command.split(' '), names)).toBe(
    undefined,
  );
});

describe('more seeds', () => {
  const side = (compared: number[], unnamed: number[] = []) => ({
    compared: new Set(compared),
    taken: new Set(unnamed),
  });

  it('are the same of both sides, and none that either has', () => {
    expect(furtherSeeds([side([0]), side([0])], 3)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(furtherSeeds([side([0, 2]), side([0, 2], [1])], 2)).toEqual([
      [3, 4],
      [3, 4],
    ]);
  });

  it('make pairs of those that only one side has, first', () => {
    expect(furtherSeeds([side([0, 1, 2, 3]), side([0, 7])], 5)).toEqual([
      [7, 4],
      [1, 2, 3, 4],
    ]);
    expect(furtherSeeds([side([11, 12]), side([])], 1)).toEqual([[], [11]]);
  });

  it('are not run again where a repeat that is not compared has them', () => {
    expect(furtherSeeds([side([0, 1]), side([0], [1])], 1)).toEqual([[2], [2]]);
  });

  it('of a run are those of its params, else that of its command', () => {
    const recording = { command: ['train', '--seed', '4'] } as Recording;
    expect(seedsOfRun({ params: [{ key: 'seed', value: '9' }], recording }, names)).toEqual([9]);
    expect(seedsOfRun({ params: [], recording }, names)).toEqual([4]);
    expect(seedsOfRun({ params: [{ key: 'lr', value: '1' }], recording: null }, names)).toEqual([]);
  });
});

it.each([
  ['python train.py --seed 3 --lr 0.1', 'python train.py --lr 0.1'],
  ['train seed=3 --random-state=4 --seeds 5', 'train --seeds 5'],
  ['train --seed abc', 'train --seed abc'],
])('%s without its seeds', (command, rest) => {
  expect(withoutSeeds(command.split(' '), names).join(' ')).toBe(rest);
});
