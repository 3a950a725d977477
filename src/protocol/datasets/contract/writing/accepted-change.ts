// How a contract would read if it allowed what a table has: the smallest change of its text, for somebody to review.
import type { CheckResult, Observed } from '../check';
import type { ContractCheck } from '../contract';
import { type YamlPath, YamlPlaces } from '../reading/yaml-places';
import { type Threshold, type ThresholdOperator, thresholdOperators } from '../threshold';

/** A piece of the text, from its first character to the one behind its last, and what stands there instead. */
export interface TextChange {
  from: number;
  to: number;
  text: string;
}

/** What would have to change so that the check passes; none where its words do not say it as a number or a list. */
export function acceptedChange(text: string, check: ContractCheck, { observed }: CheckResult): TextChange[] {
  return observed === null ? [] : changesOf(text, new YamlPlaces(text), { check, observed });
}

/** The results; what was observed stays only where the contract's words can be changed to allow it. */
export function onlyAcceptable(
  text: string,
  checks: readonly ContractCheck[],
  results: readonly CheckResult[],
): CheckResult[] {
  if (results.every(({ observed }) => observed === null)) return [...results];
  const yaml = new YamlPlaces(text);
  const byId = new Map(checks.map((check) => [check.id, check]));
  return results.map((result) => {
    const { observed, id } = result;
    const check = byId.get(id);
    if (observed === null || check === undefined) return result;
    return changesOf(text, yaml, { check, observed }).length > 0 ? result : { ...result, observed: null };
  });
}

function changesOf(text: string, yaml: YamlPlaces, { check, observed }: Given): TextChange[] {
  if (yaml.problems.length > 0) return [];
  const { test } = check;
  if (test.kind === 'in set' || test.kind === 'distinct set') return listChange(text, yaml, { check, observed });
  if (test.kind === 'range' || test.kind === 'extreme')
    return endChanges(yaml, { path: ownerOf(check.path), observed });
  return thresholdChange(yaml, check, observed);
}

interface Given {
  check: ContractCheck;
  observed: Observed;
}

/** The map that holds the ends: a check of ours itself, or `logicalTypeOptions` around one of its keys. */
function ownerOf(path: YamlPath): YamlPath {
  const at = path.lastIndexOf('logicalTypeOptions');
  return at < 0 ? path : path.slice(0, at + 1);
}

const lowKeys = ['min', 'minimum', 'exclusiveMinimum'];
const highKeys = ['max', 'maximum', 'exclusiveMaximum'];

function endChanges(yaml: YamlPlaces, { path, observed }: { path: YamlPath; observed: Observed }): TextChange[] {
  const change = (
    keys: readonly string[],
    value: number | string | null,
    isBeyond: (end: unknown) => boolean,
  ): TextChange[] =>
    keys.flatMap((key) => {
      const range = yaml.range([...path, key]);
      const end = valueAt(yaml.value, [...path, key]);
      if (range === undefined || value === null || !isBeyond(end)) return [];
      // An end that is left out of what is allowed has to lie beyond the value.
      const isStrict =
        key.startsWith('exclusive') ||
        valueAt(yaml.value, [...path, key === 'min' ? 'strictMin' : 'strictMax']) === true;
      const step = keys === lowKeys ? -1 : 1;
      return [
        {
          from: range[0],
          to: range[1],
          text: written(isStrict && typeof value === 'number' ? beyond(value, step) : value),
        },
      ];
    });
  const { min, max } = observed;
  return [
    ...change(lowKeys, min, (end) => min !== null && compares(min, end) <= 0),
    ...change(highKeys, max, (end) => max !== null && compares(max, end) >= 0),
  ];
}

function compares(value: number | string, end: unknown): number {
  if (typeof value === 'number') return value - Number(end);
  return value < String(end) ? -1 : value > String(end) ? 1 : 0;
}

/** Adds the values to the list that the check has. */
function listChange(text: string, yaml: YamlPlaces, { check, observed }: Given): TextChange[] {
  if (observed.values.length === 0) return [];
  const { path } = check;
  const paths = [['arguments', 'validValues'], ['values'], ['equal'], ['within']].map((keys) => [...path, ...keys]);
  const list = paths.find((each) => Array.isArray(valueAt(yaml.value, each)));
  if (list === undefined) return [];
  const items = valueAt(yaml.value, list) as unknown[];
  const last = yaml.range([...list, items.length - 1]);
  const whole = yaml.range(list);
  if (last === undefined || whole === undefined) return [];
  const isNumber = items.every((item) => typeof item === 'number');
  const values = observed.values.map((value) => (isNumber ? String(value) : written(String(value))));
  const column = last[0] - (text.lastIndexOf('\n', last[0] - 1) + 1);
  const added =
    text[whole[0]] === '['
      ? values.map((value) => `, ${value}`).join('')
      : values.map((value) => `\n${' '.repeat(Math.max(0, column - 2))}- ${value}`).join('');
  return [{ from: last[1], to: last[1], text: added }];
}

function thresholdChange(
  yaml: YamlPlaces,
  { path, threshold, test }: ContractCheck,
  { min, max }: Observed,
): TextChange[] {
  const value = typeof max === 'number' ? max : min;
  if (threshold === null || typeof value !== 'number') return [];
  const operator = thresholdOperators.find((name) => valueAt(yaml.value, [...path, name]) !== undefined);
  const replace = (at: YamlPath, made: string): TextChange[] => {
    const range = yaml.range(at);
    return range === undefined ? [] : [{ from: range[0], to: range[1], text: made }];
  };
  const isPercent = threshold.unit === 'percent';
  if (operator === undefined) {
    const mostly = [
      ...path,
      ...(valueAt(yaml.value, [...path, 'arguments']) === undefined ? [] : ['arguments']),
      'mostly',
    ];
    if (isPercent) return replace(mostly, String(Math.floor((100 - value) * 100) / 10_000));
    if (test.kind === 'age') return replace([...path, 'within'], `${Math.ceil(value)} h`);
    return endChanges(yaml, { path, observed: { min: value, max: value, values: [] } });
  }
  const place = operator.endsWith('Between')
    ? [...path, operator, value < (threshold.values[0] ?? 0) ? 0 : 1]
    : [...path, operator];
  const made = allowed(operator, value, threshold);
  return made === undefined ? [] : replace(place, written(made));
}

/** The number in the operator that lets the value pass; shares get a tenth of a percent of room. */
function allowed(operator: ThresholdOperator, value: number, { unit, values }: Threshold): number | undefined {
  const isPercent = unit === 'percent';
  const up = isPercent ? Math.ceil(value * 10) / 10 : value;
  const down = isPercent ? Math.floor(value * 10) / 10 : value;
  switch (operator) {
    case 'mustBe':
      return value;
    case 'mustBeLessOrEqualTo':
      return up;
    case 'mustBeLessThan':
      return isPercent ? plain(up + 0.1) : Math.floor(beyond(value, 1));
    case 'mustBeGreaterOrEqualTo':
      return down;
    case 'mustBeGreaterThan':
      return isPercent ? plain(down - 0.1) : Math.ceil(beyond(value, -1));
    case 'mustBeBetween':
      return value < (values[0] ?? 0) ? down : up;
    default:
      return undefined;
  }
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (each, key) =>
      typeof each === 'object' && each !== null ? (each as Record<string | number, unknown>)[key] : undefined,
    value,
  );
}

/** So much further, or the next number where that is less than it can tell apart. */
function beyond(value: number, step: number): number {
  return value + step === value ? value + step * Math.abs(value) * Number.EPSILON : value + step;
}

/** Without the dust of binary fractions: for what was computed. */
function plain(value: number): number {
  return Number(value.toPrecision(12));
}

/** As YAML: a number to its last digit, a text in quotes. */
function written(value: number | string): string {
  if (typeof value === 'string')
    return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
      ? value
      : JSON.stringify(value);
  return String(value);
}
