// The order of logged models: objects that name a column or a metric, and for a metric perhaps a dataset.
import { SlipwayError } from '../../../base/errors';
import type { LoggedModelSort } from '../store/logged-model-search';
import { loggedModelAttribute } from './logged-model-filter';

/** One sort key as asked for. */
export interface OrderRequest {
  fieldName: string;
  ascending: boolean;
  datasetName: string | undefined;
  datasetDigest: string | undefined;
}

/** The sort keys. Throws `invalid` for an unknown field, or a digest without its dataset's name. */
export function loggedModelOrder(requests: readonly OrderRequest[]): LoggedModelSort[] {
  return requests.map(({ fieldName, ascending, datasetName, datasetDigest }) => {
    if (datasetDigest !== undefined && datasetName === undefined) {
      throw new SlipwayError('invalid', '`dataset_digest` can only be specified if `dataset_name` is also specified.');
    }
    const dot = fieldName.indexOf('.');
    if (dot < 0) {
      const key = loggedModelAttribute(fieldName.trim());
      if (key === undefined) throw unknownField(fieldName);
      return { subject: 'attribute', key, ascending, dataset: undefined };
    }
    if (fieldName.slice(0, dot) !== 'metrics') {
      throw new SlipwayError('invalid', `Invalid order by field name: ${fieldName}. Only metrics are supported.`);
    }
    const dataset = datasetName === undefined ? undefined : { name: datasetName, digest: datasetDigest };
    return { subject: 'metric', key: fieldName.slice(dot + 1), ascending, dataset };
  });
}

function unknownField(name: string): SlipwayError {
  return new SlipwayError('invalid', `Invalid order by field name: ${name}`, {
    details: { mlflowClass: ['KAM04', 'ATTRIBUTE_NOT_FOUND'] },
  });
}
