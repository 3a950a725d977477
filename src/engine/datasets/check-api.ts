// The part of the API about contracts: versions and files are checked, and what came of a version is kept with it.
import { dirname, resolve } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { withAnomalies } from '../../lifecycle/datasets/contract/check-report';
import { fileSource, type OpenedContract, openContract } from '../../lifecycle/datasets/gate/opened-contract';
import { BatchHistory } from '../../lifecycle/datasets/history/batch-history';
import type { TakeBackSignal } from '../../protocol/conversation/take-back';
import type {
  CheckApi,
  CheckQuery,
  ContractQuery,
  ContractSubject,
  FileCheckQuery,
  VersionReport,
} from '../../protocol/datasets/contract/check-api';
import type { CheckedSource } from '../../protocol/datasets/contract/check-questions';
import type { DatasetVersion } from '../../protocol/datasets/dataset';
import type { TableSource } from '../../protocol/datasets/table-source';
import type { Services } from '../services';
import type { GoingWork } from './going-work';
import { askSteadily } from './steady-tables';

/** Its methods. */
export function checkApi(services: Services, going: GoingWork): CheckApi {
  const { data, datasets } = services;
  const history = batchHistory(services);
  return {
    checkVersion: (query, signal) => checkedVersion(services, query, signal),
    versionBadRows: async ({ check, offset, limit, ...query }, signal) => {
      const { input } = versionInput(services, query);
      return data.ask('badRows', { ...input, check, offset, limit }, { lane: 'pages', signal });
    },
    checkFile: async (query, signal) => data.ask('check', fileInput(services, query), { signal }),
    fileBadRows: async ({ check, offset, limit, ...query }, signal) =>
      data.ask('badRows', { ...fileInput(services, query), check, offset, limit }, { lane: 'pages', signal }),
    versionAnomalies: async ({ dataset, version: wanted }, signal) => {
      const version = datasets.getVersion({ dataset, version: wanted }).id;
      const { progress, end } = going.begin(dataset, version, 'anomalies');
      return history.anomalies({ dataset, version }, signal, progress).finally(end);
    },
    batchMoments: (query) => services.readers.run('keptAnomalies', query),
    expectNumber: (change) => history.expect(change),
    contractSubject: (query, signal) => subjectOf(services, query, signal),
    inferContract: async ({ dataset, version: wanted }, signal) => {
      const { source, version, definition } = datasets.table({ dataset, version: wanted });
      const physicalName = typeof definition.path === 'string' ? definition.path : null;
      const input = { source, name: dataset, physicalName, origin: `${dataset}@${version.id.slice(0, 8)}` };
      return data.ask('inferContract', input, { signal });
    },
  };
}

/** Runs a dataset's own contract on one of its versions and keeps the result. Throws `not-found` without a contract. */
export async function checkedVersion(
  services: Pick<Services, 'data' | 'datasets' | 'layout' | 'writes' | 'opened'>,
  query: CheckQuery,
  signal?: TakeBackSignal,
): Promise<VersionReport> {
  const { data, datasets, writes, opened } = services;
  const { input, version, isOwn } = versionInput(services, query);
  const report = await askSteadily(datasets, [{ dataset: version.dataset, version: version.id }], {
    act: 'checked',
    ask: ([source = input.source]) => data.ask('check', { ...input, source }, { signal }),
  });
  if (!isOwn) return { ...report, version: version.id };
  const { anomalies } = await batchHistory(services).anomalies(
    { dataset: version.dataset, version: version.id },
    signal,
  );
  const told = withAnomalies(report, anomalies);
  const { digest, verdict, summary } = told;
  const { dataset, id } = version;
  const kept = {
    dataset,
    version: id,
    kind: 'check',
    digest,
    verdict,
    summary: summary.slice(0, 500),
    value: told,
  } as const;
  await writes.run(() => opened.database.transaction(() => datasets.keepResult(kept)).immediate());
  return { ...told, version: id };
}

function batchHistory({
  data,
  datasets,
  writes,
  opened,
}: Pick<Services, 'data' | 'datasets' | 'writes' | 'opened'>): BatchHistory {
  return new BatchHistory({
    datasets,
    measure: (version, signal) =>
      askSteadily(datasets, [version], {
        act: 'measured',
        ask: ([source]) => data.ask('batchMeasures', { source: source as TableSource }, { signal }),
      }),
    write: (act) => writes.run(() => opened.database.transaction(act).immediate()),
  });
}

/** Who writes a contract wants to know its columns, also while the contract is not right yet. */
async function subjectOf(
  { datasets, layout, data }: Pick<Services, 'datasets' | 'layout' | 'data'>,
  { contract, table }: ContractQuery,
  signal?: TakeBackSignal,
): Promise<ContractSubject> {
  const bound = datasets.known
    .all(false)
    .filter(
      ({ definition }) => definition.contract !== undefined && resolve(layout.root, definition.contract) === contract,
    )
    .map(({ name }) => name);
  const chosen = bound.find((name) => name === table) ?? bound[0];
  try {
    const source =
      chosen === undefined
        ? fileInput({ datasets, layout }, { contract, table, file: null, now: null }).source
        : datasets.table({ dataset: chosen, version: 'latest' }).source;
    const { columns } = await data.ask('shape', { source }, { lane: 'pages', signal });
    return { datasets: bound, columns };
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    return { datasets: bound, columns: [] };
  }
}

function versionInput(
  { datasets, layout }: Pick<Services, 'datasets' | 'layout'>,
  { dataset, version: wanted, contract, table, now }: CheckQuery,
): { input: CheckedSource; version: DatasetVersion; isOwn: boolean } {
  const { source, version, definition } = datasets.table({ dataset, version: wanted });
  const own = definition.contract === undefined ? null : resolve(layout.root, definition.contract);
  const file = contract ?? own;
  if (file === null) {
    const sentence = `${dataset} has no contract. Name one in slipway.yaml, or draft one: slipway check ${dataset} --infer`;
    throw new SlipwayError('not-found', sentence);
  }
  const opened = (wanted: string): OpenedContract => openContract({ root: layout.root, datasets }, file, wanted);
  const { text, path, table: chosen, others } = opened(table ?? dataset);
  const input = { source, contract: text, path, table: chosen.name, others, now: now ?? new Date().toISOString() };
  // Another table, or another time, tells nothing of how the version stands to its contract.
  const isOwn = file === own && now === null && (table === null || chosen.name === defaultTable(() => opened(dataset)));
  return { input, version, isOwn };
}

/** The table that is checked when none is named; undefined where the contract has several and none is of that name. */
function defaultTable(open: () => OpenedContract): string | undefined {
  try {
    return open().table.name;
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    return undefined;
  }
}

function fileInput(
  { datasets, layout }: Pick<Services, 'datasets' | 'layout'>,
  { contract, file, table, now }: FileCheckQuery,
): CheckedSource {
  const { text, path, table: chosen, others } = openContract({ root: layout.root, datasets }, contract, table);
  const named = chosen.physicalName;
  if (file === null && named === null) {
    throw new SlipwayError('invalid', `${path} does not say which file ${chosen.name} is. Give it a physicalName.`);
  }
  const source = fileSource(file ?? resolve(dirname(contract), named ?? ''));
  return { source, contract: text, path, table: chosen.name, others, now: now ?? new Date().toISOString() };
}
