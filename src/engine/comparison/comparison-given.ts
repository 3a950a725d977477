// What a comparing thread is given to begin with, what it answers, and what it asks of the engine.
import type { Comparison } from '../../protocol/comparison/comparison';
import type { RepeatsQuery, RunComparison } from '../../protocol/comparison/comparison-request';
import type {
  EvidenceQuery,
  ExamplesQuery,
  FilePairsQuery,
  TablePairQuery,
} from '../../protocol/comparison/evidence/evidence-request';
import type { ExamplePage } from '../../protocol/comparison/evidence/example-page';
import type { FileItems } from '../../protocol/comparison/evidence/file-item';
import type { PredictionEvidence } from '../../protocol/comparison/evidence/prediction-evidence';
import type { TablePage } from '../../protocol/comparison/evidence/table-page';
import type { Config } from '../../protocol/folder/config';
import type { ArtifactEntry } from '../../protocol/run';

/** By what is asked the question and its answer. */
export interface ComparisonQuestions {
  comparison: { request: RunComparison; answer: Comparison };
  repeats: { request: RepeatsQuery; answer: string[] };
  evidence: { request: EvidenceQuery; answer: PredictionEvidence };
  examples: { request: ExamplesQuery; answer: ExamplePage };
  files: { request: FilePairsQuery; answer: FileItems };
  table: { request: TablePairQuery; answer: TablePage };
}

/** One question. */
export type ComparisonAsked = {
  [What in keyof ComparisonQuestions]: { what: What; request: ComparisonQuestions[What]['request'] };
}[keyof ComparisonQuestions];

/** `root` is the workspace's folder, `database` the file its engine keeps; `silence` in milliseconds. */
export interface ComparisonGiven {
  asked: ComparisonAsked;
  root: string;
  database: string;
  silence: number;
  config: Config;
}

/** A file among the artifacts of a run. */
export interface RunFileFound {
  runId: string;
  name: string;
  size: number;
}

/** What the thread may ask of the engine, by the name of the call. */
export interface ComparisonCalls {
  /** The file of predictions of each run; null where it has none. */
  findPredictions: { input: { runIds: readonly string[] }; answer: (RunFileFound | null)[] };
  findFile: { input: { runId: string; path: string }; answer: RunFileFound };
  readFile: { input: RunFileFound & { start: number; end: number }; answer: Uint8Array };
  /** What lies directly in a folder, at most so many entries. */
  listFolder: { input: { runId: string; path: string; limit: number }; answer: ArtifactEntry[] };
}
