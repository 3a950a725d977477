// Apart from the schemas and the router, so that a client can name a route without loading either.

/** Route of the typed API on every engine. */
export const apiRoute = '/api/rpc';

/** Route of one artifact's bytes: GET, streamed, `Content-Disposition: attachment`. */
export function artifactRoute(run: string, path: string): string {
  return `/api/runs/${encodeURIComponent(run)}/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;
}
