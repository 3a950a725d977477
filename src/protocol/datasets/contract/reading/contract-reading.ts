// A contract file: its tables and checks, or everything that is wrong with it, each with its place.
import type { ContractCheck, ContractProblem, ContractTable, OtherTable, ReadContract } from '../contract';
import { type ContractObject, type OdcsFile, odcsFile } from '../odcs-file';
import { type CheckDraft, type DraftProblem, noBadRow } from './check-draft';
import { freshnessCheck, hoursOf } from './own-number-checks';
import { columnOf, propertyChecks } from './property-checks';
import { qualityChecks } from './quality-checks';
import { keysAt } from './schema-keys';
import { schemaProblems } from './schema-problem';
import { type YamlPath, YamlPlaces } from './yaml-places';

/** Characters of a contract: more is no contract. */
const mostCharacters = 4_000_000;
const mostProblems = 100;

/** Reads the text of an `*.odcs.yaml`. What is wrong is told, all of it, and never thrown. */
export function readContract(text: string): ReadContract {
  const nothing = { id: null, version: null, tables: [] };
  if (text.length > mostCharacters) {
    const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
    return { ...nothing, problems: [{ place, message: 'This is larger than a contract may be (4 MB).' }] };
  }
  const yaml = new YamlPlaces(text);
  if (yaml.problems.length > 0) return { ...nothing, problems: inOrder(yaml.problems) };
  if (yaml.value === null || yaml.value === undefined) {
    return { ...nothing, problems: [{ place: yaml.place([]), message: 'The contract is empty.' }] };
  }
  const parsed = odcsFile.safeParse(yaml.value);
  if (!parsed.success) {
    const problems = schemaProblems(yaml, parsed.error, (path) => keysAt(path).map(({ name }) => name));
    return { ...nothing, problems: inOrder(problems) };
  }
  const { tables, problems } = tablesOf(parsed.data, yaml);
  const { id, version } = parsed.data;
  return { id, version, tables: problems.length > 0 ? [] : tables, problems: inOrder(problems) };
}

function inOrder(problems: readonly ContractProblem[]): ContractProblem[] {
  const order = (a: ContractProblem, b: ContractProblem): number =>
    a.place.line - b.place.line || a.place.column - b.place.column;
  return [...problems].sort(order).slice(0, mostProblems);
}

function tablesOf(file: OdcsFile, yaml: YamlPlaces): { tables: ContractTable[]; problems: ContractProblem[] } {
  const problems: DraftProblem[] = [];
  if ((file.schema ?? []).length === 0) {
    problems.push({
      path: file.schema === undefined ? [] : ['schema'],
      message: 'schema is missing: the tables that the contract is about.',
    });
  }
  const tables = (file.schema ?? []).map((object, at) => {
    const { drafts, problems: found } = objectChecks(file, object, ['schema', at]);
    const columns = (object.properties ?? []).map((property, index) => ({
      name: columnOf(property),
      place: yaml.place(['schema', at, 'properties', index, 'name']),
    }));
    problems.push(...found, ...repeatedNames(object, ['schema', at]));
    const { name, physicalName = null } = object;
    return { name, physicalName, columns, place: yaml.place(['schema', at, 'name']), checks: named(drafts, yaml) };
  });
  const placed = [...problems, ...repeatedTables(file), ...repeatedIds(tables)];
  return {
    tables,
    problems: placed.map(({ path, message }) => ({ place: yaml.place(path), message })),
  };
}

function objectChecks(
  file: OdcsFile,
  object: ContractObject,
  path: YamlPath,
): { drafts: CheckDraft[]; problems: DraftProblem[] } {
  const all = [
    ...(object.quality ?? []).map((item, at) =>
      qualityChecks(item, { column: undefined, path: [...path, 'quality', at] }),
    ),
    { drafts: keyDrafts(object, path), problems: [] },
    relationDrafts(file, object, path),
    ...(object.properties ?? []).flatMap((property, at) => {
      const place = [...path, 'properties', at];
      return [
        propertyChecks(property, place),
        ...(property.quality ?? []).map((item, index) =>
          qualityChecks(item, { column: columnOf(property), path: [...place, 'quality', index] }),
        ),
      ];
    }),
    freshnessDrafts(file, object),
  ];
  return { drafts: all.flatMap(({ drafts }) => drafts), problems: all.flatMap(({ problems }) => problems) };
}

/** A primary key of one column or of several is unique as a whole. */
function keyDrafts(object: ContractObject, path: YamlPath): CheckDraft[] {
  const parts = (object.properties ?? [])
    .map((property, at) => ({ property, at }))
    .filter(({ property }) => property.primaryKey)
    .sort((a, b) => (a.property.primaryKeyPosition ?? 0) - (b.property.primaryKeyPosition ?? 0));
  const [first] = parts;
  if (first === undefined || (parts.length === 1 && first.property.unique)) return [];
  const columns = parts.map(({ property }) => columnOf(property));
  const key = [...path, 'properties', first.at, 'primaryKey'];
  return [{ title: 'Unique', columns, test: { kind: 'duplicates' }, threshold: noBadRow, path: key }];
}

interface Reference {
  to: string | string[];
  columns: string[];
  path: YamlPath;
}

function relationDrafts(
  file: OdcsFile,
  object: ContractObject,
  path: YamlPath,
): { drafts: CheckDraft[]; problems: DraftProblem[] } {
  const ofColumns = (object.properties ?? []).flatMap((property, at) =>
    (property.relationships ?? []).map(({ to }, index) => ({
      to,
      columns: [columnOf(property)],
      path: [...path, 'properties', at, 'relationships', index, 'to'],
    })),
  );
  const ofTable = (object.relationships ?? []).map(({ from, to }, index) => ({
    to,
    columns: (from === undefined ? [] : [from].flat()).map((each) => each.split('.').at(-1) ?? each),
    path: [...path, 'relationships', index, 'to'],
  }));
  const made = [...ofColumns, ...ofTable].map((reference) => relationDraft(file, reference));
  return {
    drafts: made.filter((each) => 'test' in each),
    problems: made.filter((each) => 'message' in each),
  };
}

function relationDraft(file: OdcsFile, { to, columns, path }: Reference): CheckDraft | DraftProblem {
  const targets = [to].flat().map((each) => each.split('.'));
  const names = new Set(targets.map((parts) => parts.slice(0, -1).join('.')));
  const [name = ''] = names;
  if (columns.length === 0) return { path, message: 'from is missing: the columns whose values must exist there.' };
  if (name === '' || names.size > 1) return { path, message: 'Say it as TABLE.COLUMN, all of one table.' };
  if (targets.length !== columns.length) {
    return { path, message: `${columns.length} columns cannot be found in ${targets.length}.` };
  }
  const object = file.schema?.find((each) => each.name === name);
  const table: OtherTable = object?.physicalName === undefined ? { dataset: name } : { file: object.physicalName };
  const keys = targets.map((parts) => parts.at(-1) ?? '');
  return { title: 'Foreign key', columns, test: { kind: 'foreign key', table, keys }, threshold: noBadRow, path };
}

/** Freshness of the standard's service levels; the other ones are promises between people. */
function freshnessDrafts(file: OdcsFile, object: ContractObject): { drafts: CheckDraft[]; problems: DraftProblem[] } {
  const drafts: CheckDraft[] = [];
  const problems: DraftProblem[] = [];
  for (const [at, level] of (file.slaProperties ?? []).entries()) {
    if (!/^(freshness|latency|ly|fy)$/i.test(level.property)) continue;
    const [table, ...rest] = (level.element ?? file.slaDefaultElement ?? '').split('.');
    const column = rest.join('.');
    if (table !== object.name || column === '') continue;
    const path: YamlPath = ['slaProperties', at, 'value'];
    const hours = hoursOf(`${level.value} ${level.unit ?? 'd'}`);
    if (Number.isNaN(hours))
      problems.push({ path, message: 'Say the value as a number, and its unit as m, h, d, w or y.' });
    else drafts.push({ ...freshnessCheck(hours), columns: [column], path });
  }
  return { drafts, problems };
}

/** The checks with an id each, made from columns and kind where the contract names none. */
function named(drafts: readonly CheckDraft[], yaml: YamlPlaces): ContractCheck[] {
  const given = new Set(drafts.map(({ id }) => id));
  const taken = new Set<string>();
  return drafts.map((draft, at) => {
    const isSecondOfItem =
      draft.id !== undefined && draft.id === drafts[at - 1]?.id && draft.path === drafts[at - 1]?.path;
    const usual = draft.id ?? `${draft.columns.join('+') || 'table'}.${draft.test.kind.replaceAll(' ', '-')}`;
    let id = usual;
    const mayStand = draft.id !== undefined && !isSecondOfItem;
    for (let count = 2; !mayStand && (taken.has(id) || (id !== draft.id && given.has(id))); count += 1)
      id = `${usual}-${count}`;
    taken.add(id);
    const { title, columns, test, threshold, severity = 'error', description = null, path } = draft;
    return { id, title, columns, severity, test, threshold, description, path: [...path], place: yaml.place(path) };
  });
}

function repeatedNames({ properties = [] }: ContractObject, path: YamlPath): DraftProblem[] {
  const names = properties.map(columnOf);
  return names.flatMap((name, at) =>
    names.indexOf(name) === at
      ? []
      : [{ path: [...path, 'properties', at, 'name'], message: `${name} is declared twice. Keep one.` }],
  );
}

function repeatedTables({ schema = [] }: OdcsFile): DraftProblem[] {
  const names = schema.map(({ name }) => name);
  return names.flatMap((name, at) =>
    names.indexOf(name) === at
      ? []
      : [{ path: ['schema', at, 'name'], message: `There are two tables named ${name}.` }],
  );
}

function repeatedIds(tables: readonly ContractTable[]): DraftProblem[] {
  return tables.flatMap(({ checks }) => {
    const ids = checks.map(({ id }) => id);
    return checks
      .filter(({ id }, at) => ids.indexOf(id) !== at)
      .map(({ id, path }) => ({ path: [...path, 'id'], message: `There are two checks with the id ${id}.` }));
  });
}
