// Which events make what is shown of a run look again.
import { expect, it } from 'vitest';
import { type EngineEvent, isAbout } from '../../src/protocol/event';

it.each<[EngineEvent, boolean]>([
  [{ type: 'runs', runIds: ['a'] }, true],
  [{ type: 'runs', runIds: ['b'] }, false],
  [{ type: 'runs', runIds: [] }, true],
  [{ type: 'experiments' }, false],
  // The engine was away, or the window had not heard it: what happened meanwhile was told to nobody.
  [{ type: 'hello' }, true],
])('%j is about the run a: %s', (event, expected) => {
  expect(isAbout(event, 'a')).toBe(expected);
});
