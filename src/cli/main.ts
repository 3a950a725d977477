#!/usr/bin/env node
// Entry of the `slipway` command. `run` is its own small bundle: it must start faster than a person notices.
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { withWorkspaceBehind } from './leading-workspace';

// Missing before Node 22.8, where the CLI still runs.
nodeModule.enableCompileCache?.();
process.argv = withWorkspaceBehind(process.argv);
require(join(__dirname, process.argv[2] === 'run' ? 'recorder.js' : 'verbs.js'));
