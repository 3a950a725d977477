// Entry of the `slipway` command. `run` is its own small bundle: it must start faster than a person notices.
import * as nodeModule from 'node:module';
import { join } from 'node:path';

// Missing before Node 22.8, where the CLI still runs.
nodeModule.enableCompileCache?.();
require(join(__dirname, process.argv[2] === 'run' ? 'recorder.js' : 'verbs.js'));
