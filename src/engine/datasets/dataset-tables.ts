// What the data process is asked of data that become versions: how many rows they have, and whether they are fit.
import type { BatchJudge, FetchedBatch } from '../../lifecycle/datasets/gate/batch-judge';
import type { VersionShape } from '../../lifecycle/datasets/version-landing';
import type { TableSource } from '../../protocol/datasets/table-source';
import type { DataProcesses } from '../data/data-processes';

/** Asks the data process. */
export class DatasetTables {
  readonly #data: DataProcesses;
  readonly #judge: BatchJudge;

  constructor(data: DataProcesses, judge: BatchJudge) {
    this.#data = data;
    this.#judge = judge;
  }

  /** The checks that a fetched batch fails, one sentence each. */
  judge(batch: FetchedBatch): Promise<string[]> {
    return this.#judge(batch);
  }

  /** Rows and columns. Throws what is wrong with the table. */
  async shape(source: TableSource): Promise<VersionShape> {
    const { rows, columns } = await this.#data.ask('shape', { source });
    return { rows, columns: columns.length };
  }
}
