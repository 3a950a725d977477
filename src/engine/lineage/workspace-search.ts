// One search over datasets, their versions, runs and models: for who knows a word and not where it stands.
import { datasetFinds } from '../../lifecycle/datasets/store/dataset-search';
import { modelFinds } from '../../lifecycle/models/store/model-finds';
import { runFinds } from '../../lifecycle/runs/search/store/run-finds';
import type { Database } from '../../platform/sqlite/database';
import type { SearchFind, WorkspaceSearch } from '../../protocol/datasets/dataset-api';

/**
 * What holds the text, in whatever case: first what is called exactly so, then what begins so, then the rest; the newest first.
 * For a reader thread: it looks at every name.
 */
export function workspaceSearch(database: Database, { text, limit }: WorkspaceSearch): SearchFind[] {
  // SQLite knows the cases of ASCII only.
  const asked = { text: text.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()), limit };
  const finds = [...datasetFinds(database, asked), ...runFinds(database, asked), ...modelFinds(database, asked)];
  const wanted = text.trim().toLowerCase();
  const rank = ({ name }: SearchFind): number => {
    const lower = name.toLowerCase();
    return lower === wanted ? 0 : lower.startsWith(wanted) ? 1 : lower.includes(wanted) ? 2 : 3;
  };
  return finds.sort((a, b) => rank(a) - rank(b) || (b.time ?? 0) - (a.time ?? 0)).slice(0, limit);
}
