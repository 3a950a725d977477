// What Undo takes back in a window whose folders come and go.
import { describe, expect, it } from 'vitest';
import { EditHistory, type KeptStep } from '../../src/extension/edits/edit-history';
import type { EngineSession } from '../../src/extension/session/engine-session';

const [left, right] = [{}, {}] as [EngineSession, EngineSession];

function step(session: EngineSession, says: string): KeptStep {
  return { session, changes: [], says, inverse: Promise.resolve([]) };
}

describe('the steps that can be taken back', () => {
  it('of a folder that has left the window are gone, and do not stand in the way of the others', () => {
    const history = new EditHistory();
    for (const each of [step(left, 'first'), step(right, 'second'), step(right, 'third')]) history.add(each);
    history.put('undone', history.take('done') ?? step(right, 'none'));
    history.keepOnly([left]);
    expect([history.last?.says, history.canRedo]).toEqual(['first', false]);
  });
});
