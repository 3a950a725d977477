// What passes between the grid of a file and its host. The host adds the file: a page can ask for no other.
import type { GridCountQuery, GridHeadQuery, GridPageQuery, GridQuestions } from './grid';

/** What the page asks, by the name of the data process's question. */
export interface GridAsks {
  gridPage: Omit<GridPageQuery, 'source'>;
  gridCount: Omit<GridCountQuery, 'source'>;
  gridHeads: Omit<GridHeadQuery, 'source'>;
  gridCell: { row: number; column: string };
}
export type GridAsk = keyof GridAsks;
export type GridAnswer<Q extends GridAsk> = GridQuestions[Q]['answer'];

/** What the host writes into the page. */
export interface GridPanelBoot {
  name: string;
}
