// Datasets and versions in words for a terminal.
import {
  behindText,
  type DatasetDiskUse,
  type DatasetSummary,
  type DatasetVersion,
  type ResultKind,
} from '../protocol/datasets/dataset';
import { bytesText, countText } from '../protocol/wording';
import { timeText } from './number-text';
import { scheduleLines } from './schedule-text';
import { oneLine } from './text-table';

/** The first digits of its id, and its labels. */
export function versionText({ id, labels }: DatasetVersion): string {
  return [id.slice(0, 12), ...labels].join(' ');
}

/** How the newest result of a kind turned out; – for none. */
export function stateText({ states }: DatasetVersion, kind: ResultKind): string {
  return states.find((state) => state.kind === kind)?.verdict ?? '–';
}

/** A dataset and one of its versions, a fact a line. */
export function datasetFacts(
  dataset: DatasetSummary,
  version: DatasetVersion | null,
  disk: DatasetDiskUse | undefined,
): string {
  const { definition, tracked } = dataset;
  const rows: [string, string][] = [['Dataset', dataset.name], ...placeFacts(dataset)];
  const said: [string, string | undefined][] = [
    ['Contract', definition.contract],
    ['Key', definition.key === undefined ? undefined : [definition.key].flat().join(', ')],
    ['Time', definition.time],
    ['Label', definition.label],
    ['Owner', definition.owner],
    ['Description', definition.description],
    ['Tags', definition.tags?.join(', ')],
  ];
  rows.push(
    ...said.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, oneLine(value, 200)]])),
  );
  if (tracked !== null) {
    const id = tracked.id === null ? '' : ` as ${tracked.id}`;
    rows.push([
      'Tracked',
      `by ${tracked.by === 'dvc' ? 'DVC' : 'Git LFS'}${id}, ${tracked.state}. ${tracked.advice ?? ''}`.trimEnd(),
    ]);
  }
  if (dataset.behind.length > 0)
    rows.push(['Behind', `${behindText(dataset.behind)}. \`slipway dataset refresh ${dataset.name}\` makes it anew.`]);
  rows.push(...(version === null ? [['Version', 'not read yet'] as [string, string]] : versionFacts(version)));
  if (disk !== undefined) rows.push(['On disk', diskText(disk)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function placeFacts({ name, definition, declared, command, schedule }: DatasetSummary): [string, string][] {
  const { path, query, source } = definition;
  const facts: [string, string][] = [];
  if (path !== undefined) facts.push(['Path', oneLine([path].flat().join(', '), 200)]);
  if (query !== undefined) facts.push(['Query', oneLine(query, 200)]);
  if (source !== undefined)
    facts.push([
      'Source',
      oneLine(
        Object.entries(source)
          .map(([key, value]) => `${key} ${value}`)
          .join(', '),
        200,
      ),
    ]);
  if (command?.isAllowed === false) facts.push(['Command', 'not allowed on this machine yet, so it is not run']);
  if (schedule !== null) facts.push(['Schedule', oneLine(scheduleLines(schedule).join(' '), 300)]);
  if (!declared) facts.push(['Entry', `none in slipway.yaml; slipway dataset declare ${name} writes it`]);
  return facts;
}

function versionFacts(version: DatasetVersion): [string, string][] {
  const { isQuery } = version;
  const shape =
    version.rows === null ? [] : [`${countText(version.rows, 'row')}, ${countText(version.columns ?? 0, 'column')}`];
  return [
    ['Version', `${version.id}${version.isLatest ? ' (latest)' : ''}`],
    ...(version.dvc === null ? [] : [['In DVC', version.dvc] as [string, string]]),
    ...(version.labels.length === 0 ? [] : [['Labels', version.labels.join(', ')] as [string, string]]),
    [
      'Content',
      [...shape, `${isQuery ? 'reads ' : ''}${countText(version.files, 'file')}`, bytesText(version.bytes)].join(', '),
    ],
    ['First seen', timeText(version.created)],
    ['Kept', version.storage.kind === 'kept' ? 'yes' : `reference only: ${version.storage.why}`],
    ...version.states.map(({ kind, verdict, summary, time }): [string, string] => [
      { profile: 'Profile', check: 'Checks', drift: 'Drift' }[kind],
      `${verdict === null ? '' : `${verdict}: `}${oneLine(summary, 160)} (${timeText(time)})`,
    ]),
  ];
}

function diskText({ versions, bytes, shared, inTrash }: DatasetDiskUse): string {
  const also = [
    ...(shared > 0 ? [`${bytesText(shared)} of it shared with others`] : []),
    ...(inTrash > 0 ? [`${bytesText(inTrash)} of it only in the trash`] : []),
  ];
  return [`${bytesText(bytes)} in ${countText(versions, 'version')}`, ...also].join(', ');
}
