// What the panel of two tables asks, with the tables it is about.
import { l10n } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { KeptDataProcess } from '../../../client/data/data-process';
import type { DiffAsk, DiffAsks, DiffSide, DiffSides } from '../../../protocol/datasets/table/diff-panel';
import { formatOfName, type TableSource } from '../../../protocol/datasets/table-source';
import type { JobProgress } from '../../../protocol/jobs/job';
import type { EngineSessions } from '../../session/engine-sessions';

interface OpenSide {
  source: TableSource;
  /** The columns that slipway.yaml names as the key of the dataset; empty for a file. */
  key: string[];
}

/** Answers for one panel. */
export class DiffTables {
  readonly #sides: DiffSides;
  readonly #sessions: EngineSessions;
  readonly #data: KeptDataProcess;
  #progress: JobProgress | null = null;

  constructor(sides: DiffSides, { sessions, data }: { sessions: EngineSessions; data: KeptDataProcess }) {
    this.#sides = sides;
    this.#sessions = sessions;
    this.#data = data;
  }

  /** Undefined for a question that is none of this panel's. */
  ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> | undefined {
    const answers: Record<DiffAsk, () => Promise<unknown>> = {
      diff: () => this.#diff(input as DiffAsks['diff']['input'], signal),
      diffRows: () => this.#diffRows(input as DiffAsks['diffRows']['input'], signal),
      diffProgress: async () => this.#progress,
    };
    return Object.hasOwn(answers, name) ? answers[name as DiffAsk]() : undefined;
  }

  async #diff({ isSwapped, key }: DiffAsks['diff']['input'], signal: AbortSignal): Promise<unknown> {
    const [before, after] = await this.#opened(isSwapped);
    const declared = after.key.length > 0 ? after.key : before.key;
    const asked = { before: before.source, after: after.source, key: key ?? declared };
    const onProgress = (progress: JobProgress): void => {
      this.#progress = progress;
    };
    try {
      return await this.#data.ask('diff', asked, { signal, onProgress });
    } finally {
      this.#progress = null;
    }
  }

  async #diffRows({ isSwapped, ...page }: DiffAsks['diffRows']['input'], signal: AbortSignal): Promise<unknown> {
    const [before, after] = await this.#opened(isSwapped);
    return this.#data.ask('diffRows', { ...page, before: before.source, after: after.source }, { signal });
  }

  /** Asked each time: where the bytes of a version lie may change, and that they are gone is said by who knows. */
  async #opened(isSwapped: boolean): Promise<[before: OpenSide, after: OpenSide]> {
    const { before, after } = this.#sides;
    const sides = await Promise.all([before, after].map((side) => this.#open(side)));
    return (isSwapped ? sides.reverse() : sides) as [OpenSide, OpenSide];
  }

  async #open(side: DiffSide): Promise<OpenSide> {
    if (side.is === 'version') {
      const { datasets } = this.#sessions.get(side.folder).requireClient().api;
      const { source, definition } = await datasets.table.query({ dataset: side.dataset, version: side.version });
      return { source, key: [definition.key ?? []].flat() };
    }
    const format = formatOfName(side.path);
    if (format === undefined) {
      throw new SlipwayError('invalid', l10n.t('{0} is no table: CSV, TSV, JSON lines and Parquet are.', side.name));
    }
    return { source: { files: [side.path], format }, key: [] };
  }
}
