// An experiment and the rules of its id and name.
import { SlipwayError } from '../../../base/errors';
import type { KeyValue } from '../batch';
import type { LifecycleStage } from '../run-record';

/** The experiment that always exists, because clients log into it without asking. */
export const defaultExperimentId = '0';

/** One experiment; times are epoch milliseconds. Ids are text: imported ones have 18 digits. */
export interface ExperimentRecord {
  experimentId: string;
  name: string;
  artifactLocation: string;
  lifecycleStage: LifecycleStage;
  creationTime: number;
  lastUpdateTime: number;
  tags: KeyValue[];
}

/** The id in its stored form; empty means the default experiment. Throws `invalid` for anything but digits. */
export function experimentIdOf(text: string): string {
  if (text === '') return defaultExperimentId;
  const digits = /^\s*([+-]?)(\d+)\s*$/.exec(text);
  if (digits === null) {
    throw new SlipwayError('invalid', `Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`);
  }
  const [, sign, all = ''] = digits;
  return (sign === '-' ? '-' : '') + all.replace(/^0+(?=\d)/, '');
}

/** Throws `invalid` unless the name is non-blank and at most 500 characters. */
export function checkExperimentName(name: string): void {
  if (name.trim() === '') throw new SlipwayError('invalid', `Invalid experiment name: '${name}'`);
  if (name.length > 500) throw new SlipwayError('invalid', `'name' exceeds the maximum length of 500 characters`);
}
