// What the data process is asked of versions by the engine itself: how many rows they have, and whether a batch is fit.
import type { DatasetsService } from '../../lifecycle/datasets/service';
import type { WriteQueue } from '../../workspace/write-queue';
import type { DataProcesses } from '../data/data-processes';
import type { QuarantinedBatch } from '../jobs/thread/datasets/fetched-content';
import type { EngineLog } from '../log';

/** What judges a batch; one sentence per check of level error that fails. */
export type BatchJudge = (batch: QuarantinedBatch) => Promise<string[]>;

/** What it works on. */
export interface DatasetTablesParts {
  datasets: DatasetsService;
  data: DataProcesses;
  writes: WriteQueue;
  log: EngineLog;
}

/** Asks the data process in the background. */
export class DatasetTables {
  readonly #parts: DatasetTablesParts;
  readonly #counting = new Set<string>();
  #judge: BatchJudge | undefined;

  constructor(parts: DatasetTablesParts) {
    this.#parts = parts;
  }

  /** From here on batches of sources are judged before they become versions. */
  judgeWith(judge: BatchJudge): void {
    this.#judge = judge;
  }

  /** The checks that a fetched batch fails, one sentence each. */
  async judge(batch: QuarantinedBatch): Promise<string[]> {
    return this.#judge === undefined ? [] : this.#judge(batch);
  }

  /** Counts the rows and columns of a version that nobody counted. What is no table stays uncounted. */
  count(dataset: string, id: string): void {
    const { datasets, data, writes, log } = this.#parts;
    const key = `${dataset}@${id}`;
    const version = datasets.getVersion({ dataset, version: id });
    if (version.rows !== null || this.#counting.has(key)) return;
    this.#counting.add(key);
    const counting = async (): Promise<void> => {
      const { source } = datasets.table({ dataset, version: id });
      const { rows, columns } = await data.ask('shape', { source });
      await writes.run(() => datasets.keepShape(dataset, id, { rows, columns: columns.length }));
    };
    counting()
      .catch((error: unknown) => log.warn({ err: error }, `the rows of ${key} were not counted`))
      .finally(() => this.#counting.delete(key));
  }
}
