// That there is a registry to ask: asking an engine makes a workspace, and where there is none nothing is registered.
import { existsSync } from 'node:fs';
import { SlipwayError } from '../base/errors';
import type { CliContext, CommonOptions } from './context';

/** Throws SlipwayError `not-found` for a model of a folder that no engine ever kept anything in, and makes nothing there. */
export function requireRegistry(context: CliContext, options: CommonOptions, name: string): void {
  if (existsSync(`${context.layout(options).root}/.slipway`)) return;
  throw new SlipwayError('not-found', `${name} has no versions. slipway register ${name} FILE.onnx makes one.`);
}
