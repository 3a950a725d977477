// What a dataset panel keeps over a reload.
import { lastCount, writtenReference } from '../../src/protocol/datasets/panel/drift-reference';
import type { DatasetView } from '../../src/protocol/datasets/panel/panel-api';
import type { DatasetPanelBoot, DatasetPanelState, ShownState } from '../../src/protocol/datasets/panel/panel-state';
import { referenceLabel } from '../../src/protocol/datasets/panel/version-name';

/** The kept state, or a fresh one; what the host asks for goes before what was kept. */
export function firstState(boot: DatasetPanelBoot, state: unknown): DatasetPanelState {
  const { folder, dataset, version, tab, reference, badRows } = boot;
  const kept = state as Partial<DatasetPanelState> | undefined;
  const fresh: DatasetPanelState = {
    ...{ v: 1, folder, dataset, version, reference, column: null, badRows, open: {} },
    tab,
  };
  if (kept?.v !== 1 || kept.folder !== folder || kept.dataset !== dataset) return fresh;
  return { ...fresh, ...kept, ...(tab === null ? {} : { tab, version, reference, badRows }) };
}

/** Drift until another part is chosen, or the profile where there is nothing to measure against. */
export function shownState(state: DatasetPanelState, { drift }: Pick<DatasetView, 'drift'>): ShownState {
  return { ...state, tab: state.tab ?? (drift === null ? 'profile' : 'drift') };
}

/** Whether a version has no drift because the versions before it are the reference, and there is none. */
export function hasNothingBefore(
  { dataset, drift, versions }: DatasetView,
  { reference }: Pick<DatasetPanelState, 'reference'>,
): boolean {
  const isLabelled = versions.some(({ labels }) => labels.includes(referenceLabel));
  const asked = reference ?? (isLabelled ? undefined : dataset.definition.reference);
  return drift === null && asked !== undefined && lastCount(writtenReference(asked)) !== null;
}
