// What a dataset panel keeps over a reload.
import type { DatasetPanelBoot, DatasetPanelState } from '../../src/protocol/datasets/panel/panel-state';

/** The kept state, or a fresh one; what the host asks for goes before what was kept. */
export function firstState(boot: DatasetPanelBoot, state: unknown): DatasetPanelState {
  const { folder, dataset, version, tab, reference } = boot;
  const kept = state as Partial<DatasetPanelState> | undefined;
  const fresh: DatasetPanelState = {
    ...{ v: 1, folder, dataset, version, reference, column: null, badRows: null, open: {} },
    tab: tab ?? 'drift',
  };
  if (kept?.v !== 1 || kept.folder !== folder || kept.dataset !== dataset) return fresh;
  return { ...fresh, ...kept, ...(tab === null ? {} : { tab, version, reference }) };
}
