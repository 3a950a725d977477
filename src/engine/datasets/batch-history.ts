// A version against the versions before it. What was never measured is measured then, once.
import { SlipwayError } from '../../base/errors';
import { batchAnomalies, expectedKey, type MeasuredBatch } from '../../lifecycle/datasets/history/batch-anomalies';
import { BatchStore } from '../../lifecycle/datasets/store/batch-store';
import type { TakeBackSignal } from '../../protocol/conversation/take-back';
import type { BatchAnomaly, BatchMeasures } from '../../protocol/datasets/contract/check';
import type { AnomalyQuery, ExpectedChange } from '../../protocol/datasets/contract/check-api';
import type { TableSource } from '../../protocol/datasets/table-source';
import { localUser } from '../../workspace/identity';
import type { Services } from '../services';
import { askSteadily } from './steady-tables';

type Parts = Pick<Services, 'data' | 'datasets' | 'writes' | 'opened'>;

/** Earlier versions that count, and how many there must be at least. */
const mostEarlier = 30;
const leastEarlier = 5;

/** What of a version lies far from the earlier ones; none where there are too few. */
export async function versionAnomalies(
  parts: Parts,
  { dataset, version: wanted }: AnomalyQuery,
  signal?: TakeBackSignal,
): Promise<BatchAnomaly[]> {
  const { datasets, opened } = parts;
  const { row } = datasets.known.get(dataset);
  const { id, created } = datasets.getVersion({ dataset, version: wanted });
  if (row === undefined) return [];
  const versions = datasets.versions.page(row.dataset, { deleted: false, limit: 500, offset: 0 });
  const earlier = versions
    .filter((each) => each.createdTime < created)
    .sort((a, b) => b.createdTime - a.createdTime)
    .slice(0, mostEarlier);
  const own = versions.find((each) => each.id === id);
  if (own === undefined || earlier.length < leastEarlier) return [];
  const store = new BatchStore(opened.database);
  const numbers = [own, ...earlier].map(({ version }) => version);
  const known = store.measures(numbers);
  for (const each of [own, ...earlier]) {
    if (known.has(each.version)) continue;
    const made = await measured(parts, { dataset, id: each.id, number: each.version }, signal);
    if (made !== undefined) known.set(each.version, made);
  }
  const expected = Map.groupBy(store.expected(numbers), ({ version }) => version);
  const batches = [own, ...earlier].flatMap(({ version, createdTime }): (MeasuredBatch & { version: number })[] => {
    const measures = known.get(version);
    const keys = (expected.get(version) ?? []).map(({ measure, column }) => expectedKey(measure, column));
    return measures === undefined ? [] : [{ version, time: createdTime, measures, expected: new Set(keys) }];
  });
  const [first, ...others] = batches;
  return first?.version === own.version ? batchAnomalies(first, others) : [];
}

/** Undefined for a version whose bytes are not to be had any more. */
async function measured(
  { data, datasets, writes, opened }: Parts,
  { dataset, id, number }: { dataset: string; id: string; number: number },
  signal?: TakeBackSignal,
): Promise<BatchMeasures | undefined> {
  try {
    const measures = await askSteadily(datasets, [{ dataset, version: id }], {
      act: 'measured',
      ask: ([source]) => data.ask('batchMeasures', { source: source as TableSource }, { signal }),
    });
    const put = (): void => new BatchStore(opened.database).put(number, measures, Date.now());
    await writes.run(() => opened.database.transaction(put).immediate());
    return measures;
  } catch (error) {
    if (!SlipwayError.is(error) || signal?.aborted) throw error;
    return undefined;
  }
}

/** Says that a number was expected, or no longer; returns what undoes it. */
export async function expectNumber(
  { datasets, writes, opened }: Omit<Parts, 'data'>,
  { dataset, version: wanted, measure, column, expected }: ExpectedChange,
): Promise<ExpectedChange> {
  const { id } = datasets.getVersion({ dataset, version: wanted });
  const { row } = datasets.known.get(dataset);
  const found = row === undefined ? undefined : datasets.versions.find(row.dataset, id);
  if (found === undefined) throw new SlipwayError('not-found', `${dataset} has no such version.`);
  const by = expected ? { actor: localUser(), time: Date.now() } : null;
  const set = (): boolean =>
    new BatchStore(opened.database).setExpected({ version: found.version, measure, column }, by);
  const was = await writes.run(() => opened.database.transaction(set).immediate());
  return { dataset, version: id, measure, column, expected: was };
}
