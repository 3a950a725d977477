// What passes between the page of a model and its host when a whole table is predicted. The user chooses table and output in
// the host, which keeps them: a page can name no file.
import type { Fairness } from '../../comparison/fairness';
import type { BatchResult } from '../batch';
import type { TableRoles } from './suggested-roles';
import type { TakenColumns } from './taken-columns';

/** A table that was chosen. `output` is as a reader of the workspace knows it; `isThere`: a file of that name is. */
export interface PlannedTable {
  name: string;
  rows: number;
  columns: string[];
  roles: TableRoles;
  taken: TakenColumns;
  output: string;
  isThere: boolean;
}

/** How far it is. `milliseconds` since it began. */
export type TableWork =
  | { kind: 'rests' }
  | { kind: 'works'; what: string; done: number; total: number; milliseconds: number; isStopping: boolean }
  | { kind: 'cancelled' }
  | { kind: 'failed'; message: string };

/** What came of a table, kept over a reload. `time` is epoch milliseconds. */
export interface TableOutcome extends Omit<BatchResult, 'answer' | 'output'> {
  table: string;
  label: string | null;
  slices: string[];
  output: string;
  time: number;
  /** The model's file was written since. */
  isStale: boolean;
  /** The file of predictions: as it was written, or not any more. */
  file: 'there' | 'gone' | 'changed';
}

/** Null: no table was chosen, or none predicted. */
export interface TableState {
  planned: PlannedTable | null;
  work: TableWork;
  outcome: TableOutcome | null;
}

/** `positive` null: the second of two classes. */
export interface GroupsQuery {
  group: string;
  positive: string | null;
  leastRows: number;
}

type Nothing = Record<string, never>;

/** What the page asks. All but `table` throw `forbidden` while the folder is not trusted. */
export interface TableAsks {
  table: { input: Nothing; answer: TableState };
  /** Lets the user choose a dataset's version or a file; false when the user turned away. */
  planTable: { input: Nothing; answer: boolean };
  assignColumns: { input: TableRoles; answer: null };
  /** Lets the user choose where the predictions go. */
  chooseOutput: { input: Nothing; answer: null };
  /** Begins, after it asked about a file that would be written over; false when the user turned away. */
  predictTable: { input: Nothing; answer: boolean };
  stopTable: { input: Nothing; answer: null };
  openPredictions: { input: Nothing; answer: null };
  fairness: { input: GroupsQuery; answer: Fairness };
}
export type TableAsk = keyof TableAsks;
