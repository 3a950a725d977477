// What a compare panel keeps, is made with, and asks of its host.
import type { PanelEngine } from '../panel';
import type { ChartLook } from '../runs/chart-look';
import type { RunMarks } from '../runs/run-marks';
import type { ListedChoice } from '../runs/table-panel';
import type { AxisScale, GroupCentre, GroupSpread } from '../series';
import type { EvidenceState } from './evidence/evidence-state';
import type { RelationStat } from './relation-stat';

/** What a compare panel keeps over a reload: what was asked, never what it showed. `folder` is a URI. */
export interface ComparePanelState extends ChartLook {
  v: 1;
  folder: string;
  /** The baseline first. */
  runIds: string[];
  /** The numbers of their marks. */
  marks: RunMarks;
  /** The metrics that are judged; none: those that are usual. */
  metrics: string[];
  /** The column whose rows are resampled together; null: each row by itself. */
  cluster: string | null;
  /** Which candidate is looked at, from 0. */
  candidate: number;
  /** The metric by which several candidates are ranked; null: the first one. */
  rankBy: string | null;
  /** What runs are drawn as one curve: those of one `side`, or of one value of a param; null: each by itself. */
  groupBy: 'side' | { param: string } | null;
  centre: GroupCentre;
  spread: GroupSpread;
  relations: RelationsState;
  evidence: EvidenceState;
  /** What was opened (true) or closed (false) of what can be, by name. */
  open: Record<string, boolean>;
}

/** A part of one axis: numbers between two, or some levels. */
export type RelationBrush = { from: number; to: number } | { levels: string[] };

/** How params and metrics are looked at together. Columns by their ids; null until one is chosen. */
export interface RelationsState {
  view: 'importance' | 'scatter' | 'parallel' | 'bar';
  target: string | null;
  stat: RelationStat;
  /** What the scatter has across. */
  across: string | null;
  /** Null: as the values ask for. */
  scaleX: AxisScale | null;
  scaleY: AxisScale | null;
  /** Whether bars begin at zero. */
  fromZero: boolean;
  axes: string[] | null;
  flipped: string[];
  brushes: Record<string, RelationBrush>;
}

/** Of so many metrics of the baseline those that can be charted are sought. */
export const mostCurveMetrics = 200;

/** What the host writes into the page of a compare panel. */
export interface ComparePanelBoot {
  folder: string;
  runIds: string[];
  marks: RunMarks;
  engine: PanelEngine;
}

/** What a compare panel may ask its host to do. */
export interface CompareCommands {
  /** Lets the user choose some of a list. */
  'list.pick': { title: string; items: ListedChoice[] };
  /** Opens the panel of one of its runs. */
  'compare.openRun': { runId: string };
  /** Everything that is known of them side by side, in the editor's own diff, or as a table for more than two. */
  'compare.openText': { runIds: string[] };
  /** The files that two runs had differently, in the editor's own diff. */
  'compare.openCode': { before: string; after: string };
  /** The marks that its runs are shown with. */
  'compare.marks': { marks: RunMarks };
  /** Lets the user choose further runs. */
  'compare.add': null;
  /** Runs the trainings of both sides with further seeds, the same of both; `names` are those a seed may have. */
  'compare.moreSeeds': { sides: string[][]; names: string[] };
  /** Saves the chart of one metric of these runs; see `chart.export`. */
  'compare.exportChart': {
    metric: string;
    /** The metric on its axis, where that is one. */
    along?: string;
    runIds: string[];
    svg: string;
    png: string | null;
    csv?: string;
  };
  /** Opens a file of one of its runs. */
  'compare.openFile': { runId: string; path: string };
  /** Two files of two runs in the editor's own diff. */
  'compare.openDiff': { runIds: [string, string]; paths: [string, string] };
  /** Saves a report where the user chooses. */
  'compare.save': { name: string; html: string };
}

/** What they answer. */
export interface CompareAnswers {
  'list.pick': string[] | null;
  /** The runs that were chosen; empty when the user turned away. */
  'compare.add': string[];
  /** The same runs with the marks they have in other panels. */
  'compare.marks': RunMarks;
  /** The runs that are new. */
  'compare.moreSeeds': string[];
}
