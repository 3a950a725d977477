// Where the bytes of a model come from, as the workspace knows it, and what was logged with them.
import type { ColumnKind } from '../../datasets/table-shape';

/** The signature that MLflow keeps with a model. `name` is null of a tensor without one. */
export interface LoggedSignature {
  columns: { name: string; kind: ColumnKind }[];
  /** The first row of the input example, in the order of the columns, or of its values where no column is named. */
  example: (string | null)[] | null;
}

/** The run that made a model. `others`: how many other runs made the same bytes. `versions`: `delay/3`. */
export interface OriginRun {
  runId: string;
  name: string;
  others: number;
  versions: string[];
}

/** A version of a dataset that the run read. `use` is what it said of it, such as `training`; null where it said nothing. */
export interface OriginData {
  dataset: string;
  version: string;
  use: string | null;
  /** How that is known: the same bytes, or only the same path or name. */
  by: 'content' | 'path' | 'name' | 'declared';
}

/** A table that the run read and nobody registered. `path` is absolute; `isChanged`: its bytes are others now, or not known. */
export interface OriginFile {
  path: string;
  use: string | null;
  isChanged: boolean;
}

/** All of it; `data` has what the model was most likely trained on first. */
export interface ModelOrigin {
  run: OriginRun | null;
  data: OriginData[];
  /** Those that are still there, told where there are no `data`. */
  files: OriginFile[];
  signature: LoggedSignature | null;
}
