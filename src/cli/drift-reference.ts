// The reference of `slipway drift` where it is several versions: DATASET@A,DATASET@B, or the last N before the current one.
import { SlipwayError } from '../base/errors';
import { type DatasetVersion, parseVersionReference } from '../protocol/datasets/dataset';
import { lastAdvice, lastCount, mostReferences } from '../protocol/datasets/panel/drift-reference';
import { unionSource } from '../protocol/datasets/union-source';
import { everyPage } from '../protocol/every-page';
import type { CliContext, CommonOptions } from './context';
import { type NamedTable, namedTable } from './named-table';

/** The table of a file, a version, or several versions of one dataset with commas between. Throws as `namedTable` and `unionSource` do. */
export async function referenceTable(context: CliContext, options: CommonOptions, text: string): Promise<NamedTable> {
  const names = text.split(',').map((name) => name.trim());
  const versions = names.map(parseVersionReference);
  // A file, or a dataset, may have a comma in its name.
  if (names.length === 1 || names.some((name, at) => !name.includes('@') || versions[at] === undefined)) {
    return namedTable(context, options, text);
  }
  const other = versions.find((each) => each?.dataset !== versions[0]?.dataset);
  if (other !== undefined) {
    const sentence = `A reference of several versions is of one dataset: ${versions[0]?.dataset} and ${other.dataset} are two.`;
    throw new SlipwayError('invalid', sentence);
  }
  if (names.length > mostReferences) {
    throw new SlipwayError('invalid', `A reference is made of at most ${mostReferences} versions.`);
  }
  const tables = await Promise.all([...new Set(names)].map((name) => namedTable(context, options, name)));
  return joined(tables, [...new Set(names)]);
}

/** The rows of the versions of `current`'s dataset that were first seen before it. Throws SlipwayError `invalid` where there is none. */
export async function lastTables(
  context: CliContext,
  options: CommonOptions,
  { current, last }: { current: NamedTable; last: string },
): Promise<NamedTable> {
  const count = lastCount(last);
  if (count === null) throw new SlipwayError('invalid', `--reference ${last}: ${lastAdvice}.`);
  if (current.dataset === null) {
    throw new SlipwayError('invalid', '--reference last:N is of a dataset: name what is measured as DATASET@VERSION.');
  }
  const { id, created, dataset } = current.dataset.version;
  const client = await context.client(options);
  const { query } = client.api.datasets.versions;
  const versions: DatasetVersion[] = [];
  for await (const { items } of everyPage((page) => query({ dataset, limit: 500, page }))) versions.push(...items);
  const names = versions
    .filter((each) => each.id !== id && each.created <= created)
    .sort((a, b) => b.created - a.created)
    .slice(0, count)
    .map((each) => `${dataset}@${each.id}`);
  if (names.length === 0) {
    throw new SlipwayError('invalid', `${dataset}@${id.slice(0, 12)} has no version before it to be measured against.`);
  }
  const tables = await Promise.all(names.map((name) => namedTable(context, options, name)));
  return joined(
    tables,
    names.map((name) => name.slice(0, dataset.length + 13)),
  );
}

function joined(tables: readonly NamedTable[], names: readonly string[]): NamedTable {
  const source = unionSource(tables.map(({ source }, at) => ({ name: names[at] ?? '', source })));
  return { source, dataset: tables[0]?.dataset ?? null };
}
