// One MLflow route as data, so that it is mounted the same way under every prefix.
import type { MoveTerms } from '../../../lifecycle/models/decision/warrant';
import type { ModelsService } from '../../../lifecycle/models/service';
import type { RecordingIntake } from '../../../lifecycle/runs/recordings/intake';
import type { RunsService } from '../../../lifecycle/runs/service';
import type { TracesService } from '../../../lifecycle/traces/service';
import type { ReaderPool } from '../../../workspace/readers';
import type { Warrants } from '../../registry/warrants';
import type { MlflowReads } from '../reads';
import type { RunTexts } from '../run-texts';
import type { Fields } from '../wire/fields';

/** The threads that answers which may take long are left to. */
export type LongReads = Pick<ReaderPool<MlflowReads>, 'run'>;

/** What a route needs to answer. */
export interface RouteRequest {
  runs: RunsService;
  recordings: Pick<RecordingIntake, 'unsaved'>;
  models: ModelsService;
  traces: TracesService;
  readers: LongReads;
  texts: RunTexts;
  fields: Fields;
  /** Parts of the path, decoded. */
  parts: Readonly<Record<string, string>>;
  /** What `before` brought along. */
  moved?: MoveTerms;
  author?: string;
}

/** What a request is prepared with. `identity`: who the client says it is for; null where it does not. `signal`: it went away. */
export interface Preparing {
  warrants: Warrants;
  identity: string | null;
  signal: AbortSignal;
}

/** What is sent: an object as its JSON; a text or bytes are JSON already, and so is what is promised. */
export type Answer = object | string | Uint8Array | Promise<string | Uint8Array>;

/** `path` follows the prefix, such as `/runs/get`. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** The version of MLflow's API the path is of; 2 when nothing is said. */
  version?: 3;
  /** A POST that only reads (searches), so that it never waits behind writes. */
  reads?: true;
  /** What is looked at before the write begins, such as the files of a version that moves. */
  before?: (request: RouteRequest, preparing: Preparing) => Promise<Pick<RouteRequest, 'moved' | 'author'>>;
  answer: (request: RouteRequest) => Answer;
}
