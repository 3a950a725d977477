// The rules a dataset must meet to be noted as a run's input.
import { SlipwayError } from '../../../base/errors';
import { checkLength } from '../../../workspace/key-name';
import type { DatasetInput } from '../store/run-data';
import { limits } from './validation';

/** Throws `invalid` for a dataset without a name or digest, or with a text that is too long. */
export function checkDatasetInput(input: DatasetInput): void {
  for (const [what, text] of Object.entries({ name: input.name, digest: input.digest })) {
    if (text === '') throw new SlipwayError('invalid', `Dataset ${what} cannot be None`);
  }
  checkLength('name', limits.datasetName, input.name);
  checkLength('digest', limits.datasetDigest, input.digest);
  checkLength('source', limits.datasetSource, input.source);
  checkLength('schema', limits.datasetSchema, input.schema ?? '');
  checkLength('profile', limits.datasetProfile, input.profile ?? '');
  for (const tag of input.tags) {
    checkLength('key', limits.inputTagKey, tag.key);
    checkLength('value', limits.inputTagValue, tag.value);
  }
}
