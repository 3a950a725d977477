// What a query was made from, where that is not the newest any more: its own version says nothing of it.
import type { KnownDataset } from '../../lifecycle/datasets/known-datasets';
import type { VersionReference } from '../../protocol/datasets/dataset';
import { keptEdges } from '../../workspace/lineage-edges';
import type { Services } from '../services';

const mostParts = 200;

/** The versions that a query's newest version was made from and that their datasets have left behind. */
export function outdatedParts(
  { datasets, opened }: Pick<Services, 'datasets' | 'opened'>,
  { name, definition }: KnownDataset,
  latest: string | undefined,
): VersionReference[] {
  if (definition.query === undefined || latest === undefined) return [];
  const id = `${name}@${latest}`;
  const made = keptEdges(opened.database, { kind: 'version', id }, mostParts).filter(({ to }) => to.id === id);
  return made.flatMap(({ from }) => {
    const at = from.id.lastIndexOf('@');
    const [dataset, version] = [from.id.slice(0, at), from.id.slice(at + 1)];
    const row = datasets.known.find(dataset)?.row;
    const [newest] = row === undefined ? [] : datasets.versions.page(row.dataset, newestOne);
    return newest === undefined || newest.id === version ? [] : [{ dataset, version }];
  });
}

const newestOne = { deleted: false, limit: 1, offset: 0 };
