// What passes between the runs table's page and its host, beside what every panel has.
import type { PanelEngine } from '../panel';
import type { RunMarks } from './run-marks';
import type { SavedTableView, TableView } from './run-table';

/** One row of a list in which the user chooses. */
export interface ListedChoice {
  id: string;
  label: string;
  description: string;
  picked: boolean;
}

/** How a table can be written to a file. */
export type TableFormat = 'csv' | 'json' | 'parquet';

/** What the table's page may ask its host to do. */
export interface TableCommands {
  /** Lets the user choose some of a list; those that are picked now come first. */
  'list.pick': { title: string; items: ListedChoice[] };
  /** Lets the user type a filter, with what it could go on with. */
  'filter.edit': { text: string };
  /** Lets the user choose a saved view, save `view` under a name, or delete one. */
  'views.choose': { view: TableView; name: string | null };
  'table.open': { runId: string };
  'table.compare': { runIds: string[] };
  'table.tags': { runIds: string[] };
  'table.note': { runId: string };
  /** Puts rows on the clipboard as tab-separated text, with the columns' names above. */
  'table.copy': { runIds: string[]; columns: string[] };
  /** Saves rows in the format and place that the user chooses. */
  'table.export': { runIds: string[]; columns: string[] };
  /** What is selected, each with the number of its mark, so that every other view shows it so. */
  'table.selected': { marks: RunMarks };
  /** Asks the user whether runs may go to the trash, where that harms a training that runs. */
  'table.mayDelete': { runIds: string[] };
  'edit.undo': null;
  'edit.redo': null;
}

/** What those answer that answer anything; null when the user turned away. */
export interface TableAnswers {
  'list.pick': string[] | null;
  'filter.edit': string | null;
  'views.choose': SavedTableView | null;
  'table.mayDelete': boolean;
  /** How many rows there was room for. */
  'table.copy': number;
  /** The same runs with the marks they have in other panels. */
  'table.selected': RunMarks;
}

/** Asked by a menu of the host: what is to be done in the page, and with which column or run. */
export interface TableAct {
  act:
    | 'ascending'
    | 'descending'
    | 'hide'
    | 'pin'
    | 'group'
    | 'open'
    | 'compare'
    | 'baseline'
    | 'rename'
    | 'tags'
    | 'note'
    | 'copy'
    | 'star'
    | 'archive'
    | 'delete';
  /** The id of the column, or of the run. */
  target: string;
}

/** Runs that were selected in the Runs view, and those that the table was told of before them. */
export interface TreeChoice {
  runIds: string[];
  before: string[];
}

/** What the table keeps over a reload. `folder` is a URI; `selected` has each run with the number of its mark. */
export interface TablePanelState {
  v: 1;
  folder: string;
  view: TableView;
  viewName: string | null;
  selected: RunMarks;
  /** Groups that are open, by their values as JSON. */
  expanded: string[];
  scroll: number;
}

/** What the host writes into the page of the runs table. */
export interface TablePanelBoot {
  folder: string;
  engine: PanelEngine;
}
