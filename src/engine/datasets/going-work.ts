// What is being computed of versions now: how far it is, for whoever looks.
import type { DatasetWork, DatasetWorkQuery, WorkKind } from '../../protocol/datasets/panel/panel-api';
import type { ProfilePart } from '../../protocol/datasets/table/profile';
import type { JobProgress } from '../../protocol/jobs/job';

/** The teller of one work. */
export interface WorkTeller {
  progress(progress: JobProgress): void;
  columns(part: ProfilePart): void;
  /** It is over, however it ended. */
  end(): void;
}

/** Works by version and kind; of two alike the later one is looked at. */
export class GoingWork {
  readonly #works = new Map<string, DatasetWork>();

  /** A work begins; `version` is an id. */
  begin(dataset: string, version: string, what: WorkKind): WorkTeller {
    const work: DatasetWork = { what, progress: { what: '', done: 0, total: 0 }, columns: [], rows: null };
    const key = keyOf({ dataset, version, what });
    this.#works.set(key, work);
    return {
      progress: (progress) => {
        work.progress = progress;
      },
      columns: ({ rows, columnCount, columns }) => {
        work.columns = [...work.columns, ...columns];
        work.rows = rows;
        work.progress = { what: 'columns', done: work.columns.length, total: columnCount };
      },
      end: () => {
        if (this.#works.get(key) === work) this.#works.delete(key);
      },
    };
  }

  /** Null when nothing of that kind goes on. */
  find(query: DatasetWorkQuery): DatasetWork | null {
    return this.#works.get(keyOf(query)) ?? null;
  }
}

function keyOf({ dataset, version, what }: DatasetWorkQuery): string {
  return JSON.stringify([dataset, version, what]);
}
