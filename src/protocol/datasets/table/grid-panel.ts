// What passes between the grid of a file and its host. The host adds the file: a page can ask for no other.
import type { JobProgress } from '../../jobs/job';
import type { GridCountQuery, GridHeadQuery, GridPageQuery, GridQuestions } from './grid';

/** What the page asks: questions of the data process by their names, and how far it is with a page. */
export interface GridAsks {
  gridPage: Omit<GridPageQuery, 'source'>;
  gridCount: Omit<GridCountQuery, 'source'>;
  gridHeads: Omit<GridHeadQuery, 'source'>;
  gridCell: { row: number; column: string };
  gridProgress: null;
}
export type GridAsk = keyof GridAsks;
/** Progress is in bytes; null while nothing tells it. */
export type GridAnswer<Q extends GridAsk> = Q extends keyof GridQuestions
  ? GridQuestions[Q]['answer']
  : JobProgress | null;

/** What the host writes into the page. */
export interface GridPanelBoot {
  name: string;
}
