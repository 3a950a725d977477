// What the drift tab asks for besides the drift itself.
import type { BatchMoment } from '../../../src/protocol/datasets/contract/check-api';
import type { DatasetVersion } from '../../../src/protocol/datasets/dataset';
import type { DriftColumnDetail } from '../../../src/protocol/datasets/drift';
import type { DriftHistory } from '../../../src/protocol/datasets/panel/panel-api';
import { type Live, useLive } from '../../kit/host/live';

/** The evidence of one column; nothing is asked while `isOpen` is false. A version never changes, so it is asked for once. */
export function useColumnDetail(
  version: DatasetVersion,
  reference: string,
  { column, isOpen }: { column: string; isOpen: boolean },
): Live<DriftColumnDetail> {
  const asked = { dataset: version.dataset, version: version.id, reference, column };
  return useLive<DriftColumnDetail>({
    key: isOpen ? JSON.stringify(asked) : '',
    rest: 60_000,
    load: (host, signal) => host.query('datasets.driftColumn', asked, signal),
  });
}

/** Every version against one reference; nothing is asked while `isOpen` is false. */
export function useDriftHistory(
  dataset: string,
  reference: string | null,
  { columns, isOpen }: { columns: string[] | null; isOpen: boolean },
): Live<DriftHistory> {
  const asked = { dataset, reference, columns };
  return useLive<DriftHistory>({
    key: isOpen ? JSON.stringify(asked) : '',
    rest: 500,
    load: (host, signal) => host.query('datasets.driftHistory', asked, signal),
  });
}

/** What of each version was unlike those before it; none until it is known. */
export function useBatchMoments(dataset: string): readonly BatchMoment[] {
  const live = useLive<BatchMoment[]>({
    key: dataset,
    rest: 500,
    load: (host, signal) => host.query('datasets.batchHistory', { dataset }, signal),
  });
  return live.value ?? [];
}
