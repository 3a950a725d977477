// Which version of a registered model people mean, and what to do where there is none.
import { SlipwayError } from '../../base/errors';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import type { Services } from '../services';

/** The version that a number, an alias or `latest` means. Throws SlipwayError `not-found` or `invalid`. */
export function versionNamed({ models }: Pick<Services, 'models'>, name: string, version: string): ModelVersionRow {
  const newest = newestOf({ models }, name);
  if (newest === undefined) {
    throw new SlipwayError('not-found', `${name} has no versions. slipway register ${name} FILE.onnx makes one.`);
  }
  const number = /^\d{1,15}$/.test(version) ? Number(version) : undefined;
  try {
    return number === undefined ? models.aliases.version(name, version) : models.versions.row(name, number);
  } catch (error) {
    if (!SlipwayError.is(error, 'not-found') && !SlipwayError.is(error, 'invalid')) throw error;
    const lack = number === undefined ? `no alias ${version}` : `no version ${version}`;
    const sentence = `${name} has ${lack}; its newest version is ${newest}.`;
    throw new SlipwayError('not-found', sentence, { cause: error });
  }
}

function newestOf({ models }: Pick<Services, 'models'>, name: string): number | undefined {
  try {
    return models.aliases.version(name, 'latest').version;
  } catch (error) {
    if (SlipwayError.is(error, 'not-found')) return undefined;
    throw error;
  }
}
