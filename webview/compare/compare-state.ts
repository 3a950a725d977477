// What a compare panel keeps over a reload.
import type { ComparePanelBoot, ComparePanelState } from '../../src/protocol/comparison/compare-panel';
import { firstEvidenceState } from '../../src/protocol/comparison/evidence/evidence-state';
import { plainLook } from '../../src/protocol/runs/chart-look';
import { firstRelations } from './relations/related-runs';

/** The kept state, or a fresh one; a state of another folder or form is not used. */
export function firstState({ folder, runIds, marks }: ComparePanelBoot, state: unknown): ComparePanelState {
  const kept = state as Partial<ComparePanelState> | undefined;
  const looks = { ...plainLook, groupBy: null, centre: 'mean', spread: 'sd' } as const;
  const fresh: ComparePanelState = {
    v: 1,
    folder,
    runIds,
    marks,
    metrics: [],
    cluster: null,
    candidate: 0,
    rankBy: null,
    ...looks,
    relations: firstRelations,
    evidence: firstEvidenceState,
    open: {},
  };
  return kept?.v === 1 && kept.folder === folder ? { ...fresh, ...kept } : fresh;
}
