// Which datasets there are: those that slipway.yaml names, read or not, and those whose versions are still known.
import { SlipwayError } from '../../base/errors';
import type { DatasetDefinition } from '../../protocol/datasets/dataset';
import type { DatasetsContext } from './context';
import { type DatasetRow, DatasetStore } from './store/dataset-store';

/** One dataset; `row` undefined: slipway.yaml names it and it was never read. */
export interface KnownDataset {
  name: string;
  definition: DatasetDefinition;
  declared: boolean;
  row: DatasetRow | undefined;
}

/** Finds datasets. */
export class KnownDatasets {
  readonly #context: Pick<DatasetsContext, 'config'>;
  readonly store: DatasetStore;

  constructor(context: Pick<DatasetsContext, 'config' | 'database'>) {
    this.#context = context;
    this.store = new DatasetStore(context.database);
  }

  /** Throws SlipwayError `not-found`. */
  get(name: string): KnownDataset {
    const found = this.find(name);
    if (found !== undefined) return found;
    const [problem] = this.#context.config().problems;
    if (problem !== undefined) throw new SlipwayError('not-found', `There is no dataset ${name}. ${problem}`);
    this.store.get(name);
    throw new SlipwayError('not-found', `There is no dataset ${name}.`);
  }

  /** The dataset of that name, if there is one in use. */
  find(name: string): KnownDataset | undefined {
    const { config, problems } = this.#context.config();
    const declared = own(config.datasets, name);
    const row = this.store.find(name);
    if (row === undefined && declared === undefined) return undefined;
    // While slipway.yaml has a mistake, nothing is said to be gone from it.
    const isDeclared = declared !== undefined || problems.length > 0;
    return { name, definition: declared ?? row?.definition ?? {}, declared: isDeclared, row };
  }

  /** By name, those in use or those in the trash. */
  all(deleted: boolean): KnownDataset[] {
    if (deleted) {
      const rows = this.store.all(true);
      return rows.map((row) => ({ name: row.name, definition: row.definition, declared: false, row }));
    }
    const names = new Set([
      ...this.store.all(false).map(({ name }) => name),
      ...Object.keys(this.#context.config().config.datasets),
    ]);
    return [...names].sort((a, b) => (a < b ? -1 : 1)).flatMap((name) => this.find(name) ?? []);
  }
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
