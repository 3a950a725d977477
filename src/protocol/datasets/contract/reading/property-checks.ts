// The checks that a column's own keys ask for: its type, required, unique, primaryKey, and what logicalTypeOptions say.
import type { Interval, LogicalType, RowTest } from '../contract';
import type { ContractProperty } from '../odcs-file';
import { type CheckDraft, type DraftProblem, noBadRow } from './check-draft';
import type { YamlPath } from './yaml-places';

type Options = NonNullable<ContractProperty['logicalTypeOptions']>;

/** The name that the column has in the data. */
export function columnOf({ physicalName, name }: ContractProperty): string {
  return physicalName ?? name;
}

/** The checks of one column, and what is wrong with its keys. */
export function propertyChecks(
  property: ContractProperty,
  path: YamlPath,
): { drafts: CheckDraft[]; problems: DraftProblem[] } {
  const column = columnOf(property);
  const { logicalType, logicalTypeOptions: options = {}, required, unique, primaryKey } = property;
  const row = (title: string, test: RowTest, key: string): CheckDraft => ({
    title,
    columns: [column],
    test,
    threshold: noBadRow,
    path: [...path, key],
  });
  const type: CheckDraft[] =
    logicalType === undefined
      ? [{ title: 'Column', columns: [column], test: { kind: 'column' }, threshold: null, path: [...path, 'name'] }]
      : [row('Type', { kind: 'type', type: logicalType }, 'logicalType')];
  const optionDrafts = optionTests(options, logicalType).map(({ title, test, key }) => ({
    ...row(title, test, 'logicalTypeOptions'),
    path: [...path, 'logicalTypeOptions', ...(key === null ? [] : [key])],
  }));
  return {
    drafts: [
      ...type,
      ...(required || primaryKey ? [row('Nulls', { kind: 'nulls' }, required ? 'required' : 'primaryKey')] : []),
      ...(unique ? [row('Unique', { kind: 'duplicates' }, 'unique')] : []),
      ...optionDrafts,
    ],
    problems: optionProblems(options, logicalType, [...path, 'logicalTypeOptions']),
  };
}

interface OptionTest {
  title: string;
  test: RowTest;
  /** Where it stands; null for a range with two ends, which is the whole map. */
  key: string | null;
}

function optionTests(options: Options, type: LogicalType | undefined): OptionTest[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, pattern, multipleOf } = options;
  const tests: (OptionTest | undefined)[] = [
    rangeTest(
      { min: exclusiveMinimum ?? minimum, max: exclusiveMaximum ?? maximum },
      { strictMin: exclusiveMinimum !== undefined, strictMax: exclusiveMaximum !== undefined },
      ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'].filter((key) => key in options),
    ),
    minLength === undefined && maxLength === undefined
      ? undefined
      : {
          title: 'Length',
          test: { kind: 'length', range: inclusive(minLength ?? null, maxLength ?? null) },
          key: minLength === undefined ? 'maxLength' : 'minLength',
        },
    pattern === undefined
      ? undefined
      : { title: 'Pattern', test: { kind: 'pattern', pattern, matches: true }, key: 'pattern' },
    multipleOf === undefined
      ? undefined
      : { title: 'Multiple', test: { kind: 'multiple', of: multipleOf }, key: 'multipleOf' },
    options.format === undefined ? undefined : formatTest(options.format, type),
  ];
  return tests.filter((test) => test !== undefined);
}

function rangeTest(
  { min, max }: { min: number | string | undefined; max: number | string | undefined },
  strict: { strictMin: boolean; strictMax: boolean },
  keys: readonly string[],
): OptionTest | undefined {
  if (min === undefined && max === undefined) return undefined;
  return {
    title: 'Range',
    test: { kind: 'range', range: { min: min ?? null, max: max ?? null, ...strict } },
    key: keys.length === 1 ? (keys[0] ?? null) : null,
  };
}

function inclusive(min: number | null, max: number | null): Interval {
  return { min, max, strictMin: false, strictMax: false };
}

/** Formats of texts, as regular expressions. */
const textFormats: Readonly<Record<string, string>> = {
  email: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
  uuid: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  uri: '^[A-Za-z][A-Za-z0-9+.\\-]*:\\S+$',
  hostname: '^[A-Za-z0-9]([A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?)*$',
  ipv4: '^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}$',
  ipv6: '^[0-9A-Fa-f:.]{2,45}$',
};

/** Texts whose format only says what they are for. */
const formatsOfAnyText = ['password', 'byte', 'binary'];

function formatTest(format: string, type: LogicalType | undefined): OptionTest | undefined {
  const title = `Format ${format}`;
  const key = 'format';
  const pattern = textFormats[format];
  if (pattern !== undefined && (type ?? 'string') === 'string') {
    return { title, test: { kind: 'pattern', pattern, matches: true }, key };
  }
  if (type === 'integer') {
    const range = integerRange(format);
    return range === undefined ? undefined : { title, test: { kind: 'range', range }, key };
  }
  if (type === 'date' || type === 'timestamp' || type === 'time') {
    const strptime = strptimeOf(format);
    return strptime === undefined ? undefined : { title, test: { kind: 'format', format: { strptime } }, key };
  }
  return undefined;
}

/** `i8` … `u64` as what fits in; the widest are beyond what a number here tells apart. */
function integerRange(format: string): Interval | undefined {
  const [, sign, bits] = /^([iu])(8|16|32|64)$/.exec(format) ?? [];
  if (sign === undefined) return undefined;
  const size = BigInt(bits ?? 0);
  const exact = (value: bigint): number | string => (size <= 32n ? Number(value) : String(value));
  const [min, max] = sign === 'u' ? [0n, 2n ** size - 1n] : [-(2n ** (size - 1n)), 2n ** (size - 1n) - 1n];
  return { min: exact(min), max: exact(max), strictMin: false, strictMax: false };
}

const javaParts: readonly (readonly [RegExp, string])[] = [
  [/^(yyyy|uuuu)/, '%Y'],
  [/^yy/, '%y'],
  [/^MMMM/, '%B'],
  [/^MMM/, '%b'],
  [/^MM?/, '%m'],
  [/^dd?/, '%d'],
  [/^HH?/, '%H'],
  [/^hh?/, '%I'],
  [/^mm?/, '%M'],
  [/^ss?/, '%S'],
  [/^S{1,9}/, '%f'],
  [/^a/, '%p'],
  [/^(XXX|xxx|Z|X)/, '%z'],
  [/^'([^']*)'/, '$1'],
  [/^[^A-Za-z']/, '$&'],
];

/** A format of Java's DateTimeFormatter in the words of strptime; undefined where it has no such word. */
export function strptimeOf(format: string): string | undefined {
  let rest = format;
  let made = '';
  while (rest !== '') {
    const part = javaParts.find(([pattern]) => pattern.test(rest));
    const match = part === undefined ? null : part[0].exec(rest);
    if (part === undefined || match === null) return undefined;
    made += match[0].replace(part[0], part[1]);
    rest = rest.slice(match[0].length);
  }
  return made;
}

function optionProblems(options: Options, type: LogicalType | undefined, path: YamlPath): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const { minimum, maximum, minLength, maxLength, pattern, format } = options;
  if (typeof minimum === typeof maximum && minimum !== undefined && maximum !== undefined && minimum > maximum) {
    problems.push({ path: [...path, 'maximum'], message: `maximum ${maximum} is below minimum ${minimum}.` });
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    problems.push({ path: [...path, 'maxLength'], message: `maxLength ${maxLength} is below minLength ${minLength}.` });
  }
  const wrong = pattern === undefined ? undefined : patternFault(pattern);
  if (wrong !== undefined) problems.push({ path: [...path, 'pattern'], message: wrong });
  if (format !== undefined && !isFormat(format, type)) {
    problems.push({
      path: [...path, 'format'],
      message: `${format} is no format of ${type ?? 'a column without logicalType'}.`,
    });
  }
  return problems;
}

function isFormat(format: string, type: LogicalType | undefined): boolean {
  if (type === 'integer') return /^[iu](8|16|32|64|128)$/.test(format);
  if (type === 'number') return /^f(32|64)$/.test(format);
  if (type === 'date' || type === 'timestamp' || type === 'time') return strptimeOf(format) !== undefined;
  if ((type ?? 'string') === 'string') return format in textFormats || formatsOfAnyText.includes(format);
  return true;
}

/** What is wrong with a regular expression; undefined for nothing. */
export function patternFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch {
    // Without `u` more is forgiven, as the standard's ECMA-262 forgives it.
  }
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    const what = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
    return `This is no regular expression: ${what}.`;
  }
}
