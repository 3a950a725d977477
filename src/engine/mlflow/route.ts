// One MLflow route as data, so that it is mounted the same way under every prefix.
import type { RunsService } from '../../lifecycle/runs/service';
import type { Fields } from './fields';

/** What a route needs to answer. */
export interface RouteRequest {
  runs: RunsService;
  fields: Fields;
  /** Parts of the path, decoded. */
  parts: Readonly<Record<string, string>>;
}

/** `path` follows the prefix, such as `/runs/get`. The answer is sent as JSON. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  answer: (request: RouteRequest) => object;
}
