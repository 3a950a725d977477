// The part of the engine's API that gives the evidence behind a comparison.
import type {
  EvidenceQuery,
  ExamplesQuery,
  FilePairsQuery,
  FilePreviewQuery,
  TablePairQuery,
} from './evidence-request';
import type { ExamplePage } from './example-page';
import type { FileItems, FilePreview } from './file-item';
import type { PredictionEvidence } from './prediction-evidence';
import type { TablePage } from './table-page';

type Signal = { readonly aborted: boolean } | undefined;

/** Every method may throw SlipwayError. */
export interface EvidenceApi {
  /** What the predictions of two runs show. */
  predictionEvidence(query: EvidenceQuery, signal: Signal): Promise<PredictionEvidence>;
  /** Rows that one of the two tells better. */
  flippedExamples(query: ExamplesQuery, signal: Signal): Promise<ExamplePage>;
  /** The files of two runs by what they have in common. */
  filePairs(query: FilePairsQuery, signal: Signal): Promise<FileItems>;
  /** Two tables of them, row by row. Throws `invalid` where one is broken. */
  tablePair(query: TablePairQuery, signal: Signal): Promise<TablePage>;
  /** One file of a run, or its beginning. */
  filePreview(query: FilePreviewQuery): Promise<FilePreview>;
}
