// Every script works on the clone it lies in, wherever it is called from.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of the clone. */
export const rootFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
