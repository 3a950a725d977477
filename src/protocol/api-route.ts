// Apart from engine-files.ts, so that the recorder can name the route without loading a schema library.

/** Route of the typed API on every engine. */
export const apiRoute = '/api/rpc';
