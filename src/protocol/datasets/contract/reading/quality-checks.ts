// The checks that stand under `quality`: metrics of the standard, queries, our own checks, and words for people.
import type { CheckTest } from '../contract';
import { libraryMetrics, type QualityItem } from '../odcs-file';
import { slipwayEngine } from '../slipway-check';
import { type Threshold, type ThresholdOperator, thresholdOperators } from '../threshold';
import { type CheckDraft, type DraftProblem, mostlyThreshold, mostlyWords } from './check-draft';
import { ownChecks } from './own-checks';
import { patternFault } from './property-checks';
import type { YamlPath } from './yaml-places';

/** Where an item stands: `column` is undefined under a table. */
export interface QualityPlace {
  column: string | undefined;
  path: YamlPath;
}

/** What one place's items make. */
export interface QualityChecks {
  drafts: CheckDraft[];
  problems: DraftProblem[];
}

/** The checks of one item of `quality`. More than one for invalidValues with values and a pattern. */
export function qualityChecks(item: QualityItem, place: QualityPlace): QualityChecks {
  const type = item.type ?? ((item.metric ?? item.rule) ? 'library' : undefined);
  const made = type === undefined ? wrong(place.path, noType) : makers[type](item, place);
  const drafts = made.drafts.map((draft) => ({
    ...draft,
    id: item.id,
    title: item.name ?? draft.title,
    severity: item.severity,
    description: item.description,
  }));
  const strange = type === undefined ? [] : strangeKeys(item, type, place.path);
  return { drafts, problems: [...made.problems, ...strange] };
}

const noType = `Say what is checked: metric (${libraryMetrics.join(', ')}), or type sql, custom or text.`;

type Maker = (item: QualityItem, place: QualityPlace) => QualityChecks;

const makers: Readonly<Record<NonNullable<QualityItem['type']>, Maker>> = {
  library: libraryChecks,
  sql: queryChecks,
  custom: customChecks,
  text: (item, { column, path }) => ({
    drafts: [wordsDraft(column, path, item.description ?? item.name ?? '', 'For people')],
    problems: [],
  }),
};

/** Which keys belong to which type of item: the others are mistakes, and not silently nothing. */
const keysOf: Readonly<Record<NonNullable<QualityItem['type']>, readonly (keyof QualityItem)[]>> = {
  library: ['metric', 'rule', 'arguments', 'unit', ...thresholdOperators],
  sql: ['query', 'unit', ...thresholdOperators],
  custom: ['engine', 'implementation'],
  text: [],
};
const typedKeys = [...new Set(Object.values(keysOf).flat())];

function strangeKeys(item: QualityItem, type: NonNullable<QualityItem['type']>, path: YamlPath): DraftProblem[] {
  return typedKeys
    .filter((key) => item[key] !== undefined && !keysOf[type].includes(key))
    .map((key) => ({ path: [...path, key], message: `${key} does not go with type ${type}.` }));
}

function libraryChecks(item: QualityItem, { column, path }: QualityPlace): QualityChecks {
  const metric = item.metric ?? item.rule;
  if (metric === undefined) return wrong(path, `metric is missing: one of ${libraryMetrics.join(', ')}.`);
  const given = item.arguments ?? {};
  const tests = metricTests(metric, given, column);
  if (typeof tests === 'string') return wrong([...path, item.metric === undefined ? 'rule' : 'metric'], tests);
  const fault = given.pattern === undefined ? undefined : patternFault(given.pattern);
  if (fault !== undefined) return wrong([...path, 'arguments', 'pattern'], fault);
  if (given.mostly !== undefined) {
    const operator = thresholdOperators.find((name) => item[name] !== undefined);
    if (operator !== undefined) return wrong([...path, operator], `Say ${operator} or mostly, not both.`);
  }
  const threshold = given.mostly === undefined ? thresholdOf(item, path) : mostlyThreshold(given.mostly);
  if ('message' in threshold) return { drafts: [], problems: [threshold] };
  if (metric === 'rowCount' && threshold.unit === 'percent') {
    return wrong([...path, 'unit'], 'rowCount counts rows and cannot be a percentage.');
  }
  const drafts = tests.map(({ title, test, columns }) => ({
    title: title + mostlyWords(given.mostly),
    columns,
    test,
    threshold,
    path,
  }));
  return { drafts, problems: [] };
}

interface MetricTest {
  title: string;
  test: CheckTest;
  columns: string[];
}

function metricTests(
  metric: (typeof libraryMetrics)[number],
  given: NonNullable<QualityItem['arguments']>,
  column: string | undefined,
): MetricTest[] | string {
  if (metric === 'rowCount') {
    return column === undefined
      ? [{ title: 'Rows', test: { kind: 'rows' }, columns: [] }]
      : 'rowCount is about the whole table: move it to quality of the table.';
  }
  if (metric === 'duplicateValues') {
    const columns = given.properties ?? (column === undefined ? [] : [column]);
    return columns.length === 0
      ? 'duplicateValues of a table needs arguments.properties: the columns that make the key.'
      : [{ title: 'Unique', test: { kind: 'duplicates' }, columns }];
  }
  if (column === undefined) return `${metric} is about a column: move it to quality of a property.`;
  if (metric === 'nullValues') return [{ title: 'Nulls', test: { kind: 'nulls' }, columns: [column] }];
  if (metric === 'missingValues') {
    const values = given.missingValues;
    return values === undefined
      ? 'missingValues needs arguments.missingValues: what counts as missing.'
      : [{ title: 'Missing values', test: { kind: 'missing', values }, columns: [column] }];
  }
  const { validValues: values, pattern } = given;
  if (values === undefined && pattern === undefined) {
    return 'invalidValues needs arguments.validValues or arguments.pattern: what is valid.';
  }
  return [
    ...(values === undefined
      ? []
      : [{ title: 'In set', test: { kind: 'in set', values } as const, columns: [column] }]),
    ...(pattern === undefined
      ? []
      : [{ title: 'Pattern', test: { kind: 'pattern', pattern, matches: true } as const, columns: [column] }]),
  ];
}

function queryChecks(item: QualityItem, { column, path }: QualityPlace): QualityChecks {
  if (item.query === undefined) return wrong(path, 'query is missing: one SELECT that returns one number.');
  if (column === undefined && /\{property\}/.test(item.query)) {
    return wrong([...path, 'query'], '{property} stands for a column, and this check is about the whole table.');
  }
  const threshold = thresholdOf(item, path);
  if ('message' in threshold) return { drafts: [], problems: [threshold] };
  const columns = column === undefined ? [] : [column];
  return {
    drafts: [{ title: 'Query', columns, test: { kind: 'query', sql: item.query }, threshold, path }],
    problems: [],
  };
}

function customChecks({ engine, implementation }: QualityItem, { column, path }: QualityPlace): QualityChecks {
  if (engine === undefined) return wrong(path, 'engine is missing: who runs this check.');
  if (engine.toLowerCase() === slipwayEngine) {
    if (implementation === undefined) return wrong(path, 'implementation is missing: which check it is.');
    return ownChecks(implementation, { column, path: [...path, 'implementation'] });
  }
  const drafts = [wordsDraft(column, path, `This is checked by ${engine}, which is not run here.`, `By ${engine}`)];
  return { drafts, problems: [] };
}

function wordsDraft(column: string | undefined, path: YamlPath, text: string, title: string): CheckDraft {
  return { title, columns: column === undefined ? [] : [column], test: { kind: 'words', text }, threshold: null, path };
}

/** What the item's operator says, or what is wrong with it. */
function thresholdOf(item: QualityItem, path: YamlPath): Threshold | DraftProblem {
  const given = thresholdOperators.filter((name) => item[name] !== undefined);
  const [operator, second] = given;
  if (operator === undefined) {
    return { path, message: 'An operator is missing, such as mustBe, mustBeLessThan or mustBeBetween.' };
  }
  if (second !== undefined) {
    return { path: [...path, second], message: `Only one operator may stand here, and ${operator} does already.` };
  }
  return valuesOf(operator, item, path);
}

function valuesOf(operator: ThresholdOperator, item: QualityItem, path: YamlPath): Threshold | DraftProblem {
  const value = item[operator];
  const numbers = (Array.isArray(value) ? value : [value]).map((each) =>
    typeof each === 'boolean' ? Number(each) : each,
  );
  if (!numbers.every((each) => typeof each === 'number' && Number.isFinite(each))) {
    return { path: [...path, operator], message: `${operator} must be a number.` };
  }
  const [first = 0, last = first] = numbers as number[];
  if (last < first) return { path: [...path, operator], message: `${operator}: the smaller number comes first.` };
  return { operator, values: numbers as number[], unit: item.unit === 'percent' ? 'percent' : 'number' };
}

function wrong(path: YamlPath, message: string): QualityChecks {
  return { drafts: [], problems: [{ path, message }] };
}
