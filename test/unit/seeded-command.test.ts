// Which word of a command is its seed, and the command with another.
import { expect, it } from 'vitest';
import { freeSeeds, seededCommand, withoutSeeds } from '../../src/protocol/comparison/seeded-command';

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

it('free seeds are the lowest that nobody took', () => {
  expect(freeSeeds(new Set([0, 2, 3]), 3)).toEqual([1, 4, 5]);
});

it.each([
  ['python train.py --seed 3 --lr 0.1', 'python train.py --lr 0.1'],
  ['train seed=3 --random-state=4 --seeds 5', 'train --seeds 5'],
  ['train --seed abc', 'train --seed abc'],
])('%s without its seeds', (command, rest) => {
  expect(withoutSeeds(command.split(' '), names).join(' ')).toBe(rest);
});
