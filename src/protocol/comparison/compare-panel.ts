// What a compare panel keeps, is made with, and asks of its host.
import type { PanelEngine } from '../panel';
import type { AxisScale, ChartAxis } from '../series';

/** What a compare panel keeps over a reload: what was asked, never what it showed. `folder` is a URI. */
export interface ComparePanelState {
  v: 1;
  folder: string;
  /** The baseline first. */
  runIds: string[];
  /** The column whose rows are resampled together; null: each row by itself. */
  cluster: string | null;
  /** Which candidate is looked at, from 0. */
  candidate: number;
  axis: ChartAxis;
  scaleX: AxisScale;
  scaleY: AxisScale;
  smoothing: number;
  zoom: { from: number; to: number } | null;
  /** What was opened (true) or closed (false) of what can be, by name. */
  open: Record<string, boolean>;
}

/** What the host writes into the page of a compare panel. */
export interface ComparePanelBoot {
  folder: string;
  runIds: string[];
  engine: PanelEngine;
}

/** What a compare panel may ask its host to do. */
export interface CompareCommands {
  /** Opens the panel of one of its runs. */
  'compare.openRun': { runId: string };
  /** Everything that is known of them side by side, in the editor's own diff, or as a table for more than two. */
  'compare.openText': { runIds: string[] };
  /** The files that two runs had differently, in the editor's own diff. */
  'compare.openCode': { before: string; after: string };
  /** Lets the user choose further runs. */
  'compare.add': null;
  /** Runs the trainings of both sides with other seeds; `names` are those a seed may have, `count` how many to propose. */
  'compare.moreSeeds': { sides: string[][]; names: string[]; count: number };
  /** Saves the chart of one metric of these runs; see `chart.export`. */
  'compare.exportChart': { metric: string; runIds: string[]; svg: string; png: string | null };
  /** Saves a report where the user chooses. */
  'compare.save': { name: string; html: string };
}

/** What they answer. */
export interface CompareAnswers {
  /** The runs that were chosen; empty when the user turned away. */
  'compare.add': string[];
  /** The runs that are new. */
  'compare.moreSeeds': string[];
}
