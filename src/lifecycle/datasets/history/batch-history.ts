// A version against the versions before it. What was never measured is measured then, once.
import { SlipwayError } from '../../../base/errors';
import type { TakeBackSignal } from '../../../protocol/conversation/take-back';
import type { BatchMeasures, CheckReport } from '../../../protocol/datasets/contract/check';
import type { AnomalyQuery, ExpectedChange, VersionAnomalies } from '../../../protocol/datasets/contract/check-api';
import type { VersionReference } from '../../../protocol/datasets/dataset';
import type { JobProgress } from '../../../protocol/jobs/job';
import { withExpectation } from '../contract/check-report';
import type { DatasetsService } from '../service';
import { BatchStore, type ExpectedRow } from '../store/batch-store';
import type { VersionRow } from '../store/version-store';
import { batchAnomalies } from './batch-anomalies';
import { measuredBatches, mostEarlier } from './kept-anomalies';

/** What it works with. */
export interface HistoryParts {
  datasets: DatasetsService;
  /** Asks the data process. Throws SlipwayError for a version whose bytes are not to be had any more. */
  measure: (version: VersionReference, signal: TakeBackSignal | undefined) => Promise<BatchMeasures>;
  /** Runs a write in its turn, as one transaction. */
  write: <T>(act: () => T) => T | Promise<T>;
}

/** How many earlier versions there must be at least. */
const leastEarlier = 5;

/** Tells what of a version is unlike the earlier ones. */
export class BatchHistory {
  readonly #parts: HistoryParts;
  readonly #store: BatchStore;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
    this.#store = new BatchStore(parts.datasets.context.database);
  }

  /** What of a version lies far from the earlier ones; none where there are too few. */
  async anomalies(
    { dataset, version }: AnomalyQuery,
    signal?: TakeBackSignal,
    progress?: (progress: JobProgress) => void,
  ): Promise<VersionAnomalies> {
    const { own, earlier } = this.#compared(dataset, version);
    const answer = { version: own.id, anomalies: [], compared: earlier.length, least: leastEarlier };
    if (earlier.length < leastEarlier) return answer;
    const known = await this.#measures(dataset, [own, ...earlier], { signal, progress });
    const batches = measuredBatches([own, ...earlier], known, this.#store.expected([...known.keys()]));
    const batch = batches.get(own.version);
    const before = earlier.flatMap((each) => batches.get(each.version) ?? []);
    return { ...answer, anomalies: batch === undefined ? [] : batchAnomalies(batch, before), compared: before.length };
  }

  /** Says that a number was expected, or no longer; returns what undoes it. */
  async expect({ dataset, version: wanted, measure, column, expected }: ExpectedChange): Promise<ExpectedChange> {
    const { datasets, write } = this.#parts;
    const { version, id } = this.#row(dataset, wanted);
    const number = { version, measure, column };
    if (expected) refuseUnknown(number, this.#store.measures([version]).get(version));
    const { actor, now, events } = datasets.context;
    const by = expected ? { actor, time: now() } : null;
    const was = await write(() => {
      const before = this.#store.setExpected(number, by);
      this.#retell({ dataset, version: id }, { measure, column, expected });
      return before;
    });
    events.datasetChanged(dataset);
    return { dataset, version: id, measure, column, expected: was };
  }

  /** What is kept of the version's checks says it, too. */
  #retell(of: VersionReference, change: Pick<ExpectedChange, 'measure' | 'column' | 'expected'>): void {
    const { datasets } = this.#parts;
    const found = datasets.findResult({ ...of, kind: 'check', digest: null });
    if (found === null) return;
    const told = withExpectation(found.value as CheckReport, change);
    datasets.keepResult({ ...found, verdict: told.verdict, summary: told.summary.slice(0, 500), value: told });
  }

  #row(dataset: string, wanted: string): VersionRow {
    const { datasets } = this.#parts;
    const { id } = datasets.getVersion({ dataset, version: wanted });
    const { row } = datasets.known.get(dataset);
    const found = row === undefined ? undefined : datasets.versions.find(row.dataset, id);
    if (found === undefined) throw new SlipwayError('not-found', `${dataset} has no such version.`);
    return found;
  }

  #compared(dataset: string, wanted: string): { own: VersionRow; earlier: VersionRow[] } {
    const own = this.#row(dataset, wanted);
    const { versions: store } = this.#parts.datasets;
    const versions = store.page(own.dataset, { deleted: false, limit: 500, offset: 0 });
    const earlier = versions
      .filter(({ createdTime }) => createdTime < own.createdTime)
      .sort((a, b) => b.createdTime - a.createdTime)
      .slice(0, mostEarlier);
    return { own, earlier };
  }

  /** By number; those whose bytes are gone and were never measured are left out. */
  async #measures(
    dataset: string,
    versions: readonly VersionRow[],
    { signal, progress }: { signal: TakeBackSignal | undefined; progress: ((told: JobProgress) => void) | undefined },
  ): Promise<Map<number, BatchMeasures>> {
    const known = this.#store.measures(versions.map(({ version }) => version));
    const lacking = versions.filter(({ version }) => !known.has(version));
    for (const [done, { version, id }] of lacking.entries()) {
      progress?.({ what: 'Measuring earlier versions', done, total: lacking.length });
      try {
        const measures = await this.#parts.measure({ dataset, version: id }, signal);
        const time = this.#parts.datasets.context.now();
        await this.#parts.write(() => this.#store.put(version, measures, time));
        known.set(version, measures);
      } catch (error) {
        if (!SlipwayError.is(error) || signal?.aborted) throw error;
      }
    }
    return known;
  }
}

/** Rows are of the whole table, the rest of one column. */
function refuseUnknown({ measure, column }: ExpectedRow, measures: BatchMeasures | undefined): void {
  if ((measure === 'rows') !== (column === null)) {
    const sentence = measure === 'rows' ? 'The rows are of no column.' : `Say of which column the ${measure} are.`;
    throw new SlipwayError('invalid', sentence);
  }
  const isKnown = column === null || measures === undefined || measures.columns.some(({ name }) => name === column);
  if (!isKnown) throw new SlipwayError('not-found', `The version has no column ${column}.`);
}
