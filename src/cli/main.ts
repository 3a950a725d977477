#!/usr/bin/env node
// Entry of the `slipway` command. `run` is its own small bundle: it must start faster than a person notices.
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { withWorkspaceBehind } from './leading-workspace';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 14);

// Missing before Node 22.8, where `run` still runs.
nodeModule.enableCompileCache?.();
process.argv = withWorkspaceBehind(process.argv);
const [, , verb] = process.argv;
if (verb === 'run') require(join(__dirname, 'recorder.js'));
// A run starts the engine by this verb, which looks for a newer Node.
else if (isNewEnough || verb === 'engine') require(join(__dirname, 'verbs.js'));
else {
  process.stderr.write(
    `slipway: This is Node ${process.versions.node}, and slipway needs 22.14 or newer. Put a newer Node first on the PATH.\n`,
  );
  process.exitCode = 3;
}
