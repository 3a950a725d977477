// The tables that a version is judged on, by the words of its rules, and which content each word means today.
import { createReadStream } from 'node:fs';
import { SlipwayError } from '../../../../base/errors';
import { contentHash } from '../../../../platform/files/content-hash';
import { readAhead } from '../../../../platform/objects/stream-to-file';
import { parseVersionReference } from '../../../../protocol/datasets/dataset';
import type { DatasetTable } from '../../../../protocol/datasets/dataset-api';
import type { GateRows } from '../../../../protocol/models/gate/gate-questions';
import { readsRows } from '../../../../protocol/models/gate/gate-rule';
import type { ModelDefinition } from '../../../../protocol/models/model-definition';
import { runChecked } from '../../../datasets/checked-reading';
import type { JobTerms } from '../../../jobs/job-runner';
import type { Services } from '../../../services';
import { heeding } from './heeding';

type Parts = Pick<Services, 'datasets'>;

/** A table by the word for it, or why there is none. */
type JudgedTable = GateRows | { none: string };

/** As a gate is given them: the holdout's word is ''. What is not known is told, and no error before a rule asks for it. */
export function judgedTables(parts: Parts, definition: ModelDefinition): Record<string, JudgedTable> {
  const words = tableWords(definition).map((word): [string, JudgedTable] => [word, judgedTable(parts, word)]);
  const { holdout } = definition.data ?? {};
  const own: [string, JudgedTable][] = holdout === undefined ? [] : [['', judgedTable(parts, holdout)]];
  return Object.fromEntries([...own, ...words]);
}

/**
 * Reads datasets of slipway.yaml that nobody has read yet and whose newest version is asked for. Throws SlipwayError
 * `invalid` where there is no holdout after all, and as reading does.
 */
export async function readHoldouts(services: Services, definition: ModelDefinition, terms: JobTerms): Promise<void> {
  const { datasets } = services;
  for (const word of allWords(definition)) {
    const { dataset, version } = parseVersionReference(word) ?? {};
    if (dataset === undefined || version !== 'latest' || !isUnread(services, dataset)) continue;
    terms.onProgress({ what: `Reading ${dataset}`, done: 0, total: 0 });
    await runChecked(services, { job: 'dataset-refresh', dataset }, terms);
  }
  const { holdout } = definition.data ?? {};
  if (holdout === undefined) return;
  const found = tolerated(() => namedTable({ datasets }, holdout));
  if ('none' in found) throw new SlipwayError('invalid', `There is no holdout ${holdout}: ${found.none}`);
}

function isUnread({ datasets }: Parts, dataset: string): boolean {
  const known = tolerated(() => datasets.known.get(dataset));
  return !('none' in known) && (known.row === undefined || datasets.versions.count(known.row.dataset) === 0);
}

/** Rows of the versions that the words mean, by their ids; null where nobody counted them. */
export function tableRows(parts: Parts, definition: ModelDefinition): Record<string, number | null> {
  const found = allWords(definition).map((name) => tolerated(() => namedTable(parts, name)));
  return Object.fromEntries(found.flatMap((each) => ('none' in each ? [] : [[each.version.id, each.version.rows]])));
}

/** The words with the SHA-256 of what they mean; '' of what is not there. */
export function tablePins(parts: Parts, definition: ModelDefinition): { name: string; version: string }[] {
  return allWords(definition).map((name) => {
    const found = tolerated(() => namedTable(parts, name));
    return { name, version: 'none' in found ? '' : found.version.id };
  });
}

/** Throws SlipwayError `damaged` where the bytes that were read are not those of the version. */
export async function checkTables(
  { datasets }: Parts,
  tables: Record<string, JudgedTable>,
  signal: AbortSignal,
): Promise<void> {
  for (const table of Object.values(tables)) {
    const dataset = 'none' in table ? undefined : parseVersionReference(table.name)?.dataset;
    if ('none' in table || table.version === null || dataset === undefined) continue;
    const wanted = datasets.tableContents({ dataset, version: table.version });
    const sources = 'query' in table.source ? Object.values(table.source.tables) : [table.source];
    for (const [at, file] of sources.flatMap(({ files }) => files).entries()) {
      const { sha256 } = await contentHash(heeding(createReadStream(file, { highWaterMark: readAhead }), signal));
      if (sha256 === wanted[at]) continue;
      const why = `${table.name} was not judged on: what lies at ${file} is not what that version is. Nothing was kept. Bring the file back as it was and run \`slipway dataset refresh ${dataset}\`.`;
      throw new SlipwayError('damaged', why);
    }
  }
}

/** Those of `tables` on whose rows rules were judged, each version once. */
export function readTables(
  { gates }: ModelDefinition,
  tables: Record<string, JudgedTable>,
): { name: string; version: string }[] {
  const reading = gates.filter((rule) => readsRows(rule.kind) && !('use' in rule && rule.use === 'logged'));
  const words = new Set(reading.map((rule) => ('dataset' in rule ? (rule.dataset ?? '') : '')));
  const found = [...words].flatMap((word) => {
    const table = Object.hasOwn(tables, word) ? tables[word] : undefined;
    if (table === undefined || 'none' in table || table.version === null) return [];
    return [{ name: table.name, version: table.version }];
  });
  return found.filter(({ version }, at) => found.findIndex((each) => each.version === version) === at);
}

function allWords(definition: ModelDefinition): string[] {
  const { holdout } = definition.data ?? {};
  return [...new Set([...(holdout === undefined ? [] : [holdout]), ...tableWords(definition)])];
}

function tableWords({ gates }: ModelDefinition): string[] {
  return [...new Set(gates.flatMap((rule) => ('dataset' in rule ? (rule.dataset ?? []) : [])))];
}

function judgedTable(parts: Parts, name: string): JudgedTable {
  const found = tolerated(() => namedTable(parts, name));
  if ('none' in found) return found;
  const { source, version, definition } = found;
  const [id = null, ...others] = [definition.key ?? []].flat();
  const label = definition.label ?? null;
  return { name, version: version.id, source, id: others.length === 0 ? id : null, label };
}

function namedTable({ datasets }: Parts, name: string): DatasetTable {
  const query = parseVersionReference(name);
  if (query === undefined) throw new SlipwayError('invalid', `${name} is no dataset: write NAME@VERSION.`);
  return datasets.table(query);
}

function tolerated<T>(act: () => T): T | { none: string } {
  try {
    return act();
  } catch (error) {
    if (SlipwayError.is(error)) return { none: error.message };
    throw error;
  }
}
