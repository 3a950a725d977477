// Entry of the `slipway` command. `run` is its own small bundle: it must start faster than a person notices.
import { join } from 'node:path';

const bundle = process.argv[2] === 'run' ? 'recorder.js' : 'verbs.js';
require(join(__dirname, bundle));
