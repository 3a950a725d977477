// What a version is called and how it stands, in words.
import { l10n } from 'vscode';
import {
  behindText,
  type DatasetSummary,
  type DatasetVersion,
  type ResultKind,
  type VersionState,
} from '../../protocol/datasets/dataset';
import { versionName } from '../../protocol/datasets/panel/version-name';
import { scheduleSentences, scheduleWord } from '../../protocol/datasets/schedule/schedule-words';
import { allWrongWords } from '../../protocol/datasets/state-words';
import { bytesText, countText, timeText } from '../../protocol/wording';

/** `flights@2013-04`: what the command line and slipway.yaml know it by. */
export function versionReference({ dataset, ...version }: DatasetVersion): string {
  return `${dataset}@${version.labels.length > 0 ? versionName(version) : version.id.slice(0, 12)}`;
}

/** The newest result of a kind. */
export function stateOf({ states }: DatasetVersion, kind: ResultKind): VersionState | undefined {
  return states.find((state) => state.kind === kind);
}

/** The words beside a version's name: what is wrong first, for a narrow view cuts the rest. */
export function versionWords(version: DatasetVersion, users: number): string {
  const { rows, bytes } = version;
  return [
    ...wrongOf(version),
    rows === null ? bytesText(bytes) : countText(rows, 'row'),
    ...(users === 0 ? [] : [l10n.t('used by {0}', countText(users, 'run'))]),
  ].join(' · ');
}

/** What is wrong with a version, its contract first; what is fine the icon says. */
function wrongOf(version: DatasetVersion): string[] {
  return allWrongWords((['check', 'drift'] as const).flatMap((kind) => stateOf(version, kind) ?? []));
}

/** The words beside a dataset's name: what is wrong with the newest version first. */
export function datasetWords({
  versions,
  latest,
  declared,
  tracked,
  definition,
  schedule,
  behind,
}: DatasetSummary): string {
  return [
    ...(latest === null ? [] : wrongOf(latest)),
    latest === null ? l10n.t('not read yet') : countText(versions, 'version'),
    ...(behind.length === 0 ? [] : [l10n.t('behind {0}', behind.map(({ dataset }) => dataset).join(', '))]),
    ...(latest?.rows == null ? [] : [countText(latest.rows, 'row')]),
    ...(tracked === null || tracked.state === 'here' ? [] : [l10n.t('DVC: {0}', tracked.state)]),
    ...(schedule === null ? [] : [scheduleWord(schedule)]),
    ...(declared ? [] : [l10n.t('not in slipway.yaml')]),
    ...(definition.owner === undefined ? [] : [definition.owner]),
  ].join(' · ');
}

/** A version in full sentences, one a line. */
export function versionLines(version: DatasetVersion, users: number): string[] {
  const { id, labels, rows, columns, bytes, files, isQuery, storage, created, dvc } = version;
  const size = [bytesText(bytes), countText(files, 'file')] as const;
  const [check, drift] = [stateOf(version, 'check'), stateOf(version, 'drift')];
  const shape = rows === null ? [] : [l10n.t('{0}, {1}', countText(rows, 'row'), countText(columns ?? 0, 'column'))];
  return [
    l10n.t('Content {0}', id.slice(0, 12)),
    ...(labels.length === 0 ? [] : [l10n.t('Labels: {0}', labels.join(', '))]),
    [...shape, isQuery ? l10n.t('reads {0} in {1}', ...size) : l10n.t('{0} in {1}', ...size)].join(', '),
    l10n.t('First seen {0}', timeText(created, Date.now())),
    check === undefined ? l10n.t('Not checked against a contract') : l10n.t('Contract: {0}', check.summary),
    drift === undefined ? l10n.t('Drift not measured') : l10n.t('Drift: {0}', drift.summary),
    users === 0 ? l10n.t('Not used by any run') : l10n.t('Used by {0}', countText(users, 'run')),
    storage.kind === 'kept' ? l10n.t('Its bytes are kept in the workspace') : storage.why,
    ...(dvc === null ? [] : [l10n.t('DVC calls it {0}', dvc)]),
  ];
}

/** A dataset in full sentences, one a line. */
export function datasetLines(dataset: DatasetSummary): string[] {
  const { definition, declared, tracked, latest, schedule, command, behind } = dataset;
  const { description, owner, tags = [], contract } = definition;
  return [
    ...(description === undefined ? [] : [description]),
    whereWords(definition),
    ...(owner === undefined ? [] : [l10n.t('Owner: {0}', owner)]),
    ...(tags.length === 0 ? [] : [l10n.t('Tags: {0}', tags.join(', '))]),
    contract === undefined ? l10n.t('No contract') : l10n.t('Contract: {0}', contract),
    ...(latest === null ? [] : newestLines(latest)),
    ...(behind.length === 0 ? [] : [l10n.t('It is behind: {0}. Refresh it.', behindText(behind))]),
    ...(tracked?.advice == null ? [] : [tracked.advice]),
    ...(command?.isAllowed === false ? [l10n.t('Its command has not been allowed on this machine yet.')] : []),
    ...(schedule === null ? [] : scheduleSentences(schedule, Date.now())),
    ...(declared ? [] : [l10n.t('slipway.yaml does not name it: write the entry to keep it there.')]),
    ...(latest === null ? [l10n.t('It has not been read yet: refresh it.')] : []),
  ];
}

function newestLines(version: DatasetVersion): string[] {
  const [check, drift] = [stateOf(version, 'check'), stateOf(version, 'drift')];
  return [
    l10n.t('Newest version: {0}', versionName(version)),
    check === undefined ? l10n.t('Not checked against a contract') : l10n.t('Its checks: {0}', check.summary),
    drift === undefined ? l10n.t('Drift not measured') : l10n.t('Its drift: {0} columns', drift.summary),
  ];
}

function whereWords({ path, query, source }: DatasetSummary['definition']): string {
  if (path !== undefined) return l10n.t('Files: {0}', typeof path === 'string' ? path : path.join(', '));
  if (query !== undefined) return l10n.t('Query: {0}', query);
  if (source === undefined) return '';
  if ('url' in source) return l10n.t('Fetched from {0}', source.url);
  return 'command' in source ? l10n.t('From the command {0}', source.command) : l10n.t('From {0}', source.sqlite);
}
