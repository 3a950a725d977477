// What a whole batch must meet before any of it is written.
import { SlipwayError } from '../../../base/errors';
import type { BatchInput, KeyValue } from '../batch';
import { checkedParam, checkedTag, checkMetric, checkParamKeysUnique } from './validation';

/** The batch as it is stored: keys checked, long values cut. Throws `invalid` naming the place of the first offence. */
export function checkedBatch(batch: BatchInput): BatchInput {
  const { metrics = [], params = [], tags = [] } = batch;
  for (let index = 0; index < metrics.length; index += 1) {
    const metric = metrics[index];
    if (metric !== undefined) checkMetric(metric, () => `metrics[${index}].`);
  }
  const checkedParams = params.map((param, index) => checkedParam(param, `params[${index}]`));
  const checkedTags = tags.map((tag, index) => checkedTag(tag, `tags[${index}]`));
  checkParamKeysUnique(checkedParams);
  return { metrics, params: checkedParams, tags: checkedTags };
}

/** A param that was to be changed, and the value it has. */
export interface RefusedParam {
  param: KeyValue;
  old: string;
}

/** The refusal of one changed param, logged alone. */
export function changedParam(runId: string, { param, old }: RefusedParam): SlipwayError {
  return new SlipwayError(
    'invalid',
    `Changing param values is not allowed. Param with key='${param.key}' was already logged with value='${old}' for run ID='${runId}'. Attempted logging new value '${param.value}'.`,
  );
}

/** The refusal of changed params in a batch. */
export function changedParams(runId: string, refused: readonly RefusedParam[]): SlipwayError {
  const list = refused.map(
    ({ param, old }) => `{'key': '${param.key}', 'old_value': '${old}', 'new_value': '${param.value}'}`,
  );
  return new SlipwayError(
    'invalid',
    `Changing param values is not allowed. Params were already logged='[${list.join(', ')}]' for run ID='${runId}'.`,
  );
}
