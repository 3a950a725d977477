// What a job's thread is given when it starts.
import type { ContentJob } from '../../../protocol/jobs/job';

/** `root` is the workspace's folder, `database` the file its engine keeps; `silence` in milliseconds. */
export interface JobGiven {
  request: ContentJob;
  root: string;
  database: string;
  silence: number;
  /** The folder of plain files of an engine with `--artifact-root`. */
  artifactRoot: string | null;
}
