// The rules every logged name and value must meet. The sentences are those clients of the MLflow API match on.
import { SlipwayError } from '../../../base/errors';
import { longestTagValue } from '../../../protocol/runs/run-tag';
import { checkKeyName, checkLength, isKnownKey } from '../../../workspace/key-name';
import type { KeyValue, MetricInput } from '../batch';

/** Longest allowed texts, in characters. */
export const limits = {
  key: 250,
  paramValue: 6000,
  tagValue: longestTagValue,
  experimentTagValue: 20_000,
  artifactLocation: 2048,
  datasetName: 500,
  datasetDigest: 36,
  datasetSource: 65_535,
  datasetSchema: 1_048_575,
  datasetProfile: 16_777_215,
  inputTagKey: 255,
  inputTagValue: 500,
} as const;

const runIdForm = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}$/u;

function invalid(message: string): SlipwayError {
  return new SlipwayError('invalid', message);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function invalidValue(path: string, value: unknown, why: string): SlipwayError {
  return invalid(`Invalid value ${JSON.stringify(value)} for parameter '${path}' supplied: ${why}`);
}

/** The text, cut to `limit` characters and never through the middle of one. */
function truncate(value: string, limit: number): string {
  if (value.length <= limit) return value;
  return Array.from(value).slice(0, limit).join('');
}

/** Throws `invalid` for a run id of a shape that could not be a folder name. */
export function checkRunId(runId: string): void {
  if (!runIdForm.test(runId)) throw invalid(`Invalid value ${JSON.stringify(runId)} for parameter 'run_id' supplied.`);
}

/** A double as Python prints it. */
function pythonDouble(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
}

/**
 * Throws `invalid` unless key, time and step may be stored. `place` says where in the request, with a dot behind it; it
 * is asked only by a refusal, for there may be a thousand of them.
 */
export function checkMetric(metric: MetricInput, place: () => string): void {
  if (!isKnownKey(metric.key)) checkKeyName(metric.key, `${place()}name`);
  if (metric.time < 0) {
    throw invalidValue(
      `${place()}timestamp`,
      metric.time,
      `metric '${metric.key}' (value=${pythonDouble(metric.value)}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  }
  if (metric.key.length > limits.key) checkLength('Metric name', limits.key, metric.key);
}

/** The param as it is stored: checked key, value cut to its limit. */
export function checkedParam(param: KeyValue, path: string): KeyValue {
  checkKeyName(param.key, path === '' ? 'key' : `${path}.key`);
  checkLength('Param key', limits.key, param.key);
  return { key: param.key, value: truncate(param.value, limits.paramValue) };
}

/** The tag as it is stored: checked key, value cut to its limit. */
export function checkedTag(tag: KeyValue, path: string): KeyValue {
  const key = path === '' ? 'key' : `${path}.key`;
  checkKeyName(tag.key, key);
  checkLength(key, limits.key, tag.key);
  return { key: tag.key, value: truncate(tag.value, limits.tagValue) };
}

/** Throws `invalid` for an experiment tag that is too long or badly named. */
export function checkExperimentTag(tag: KeyValue): void {
  checkKeyName(tag.key, 'key');
  checkLength('key', limits.key, tag.key);
  checkLength('value', limits.experimentTagValue, tag.value);
}

/** Throws `invalid` when one request holds the same param key twice. */
export function checkParamKeysUnique(params: readonly KeyValue[]): void {
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const { key } of params) {
    if (seen.has(key)) twice.push(key);
    seen.add(key);
  }
  if (twice.length === 0) return;
  throw invalid(
    `Duplicate parameter keys have been submitted: [${twice.map(quote).join(', ')}]. Please ensure the request contains only one param value per param key.`,
  );
}
