// What a model answers when it is run.
import type { ModelValue } from './outline';
import type { FlatTensor } from './tensor';

/** Ways to write an input down. */
export const inputFormats = ['oip', 'mlflow', 'tensorflow', 'plain', 'csv'] as const;
export type InputFormat = (typeof inputFormats)[number];

/** What is given to a model: tensors by input, text in one of the formats (found out where null), or a file with such text. */
export type GivenInput =
  | { kind: 'tensors'; feeds: Record<string, FlatTensor> }
  | { kind: 'text'; text: string; format: InputFormat | null }
  | { kind: 'file'; path: string; format: InputFormat | null };

/** What was made of it. */
export interface TakenInput {
  format: InputFormat | 'tensors';
  /** Rows, as the first dimension of the inputs tells; 1 where they have none. */
  rows: number;
  /** What a reader should know: columns taken in order, values that were cast. */
  notes: string[];
  feeds: Record<string, FlatTensor>;
}

/** What of a model is run: the file itself, or a view of it in memory with outputs that can be handed over. */
export interface OpenedModel {
  /** What has to be given, as the file says. */
  inputs: ModelValue[];
  /** What can be asked for: as the file says, but for outputs that the view turned into tensors. */
  outputs: ModelValue[];
  /** Classes by column, of outputs that were lists of class scores. */
  labels: Record<string, (string | number)[]>;
  /** How the view differs from the file, a sentence each; empty where the file itself is run. */
  changes: string[];
  loadMilliseconds: number;
}

/** `path` is absolute. `outputs`: all where null. */
export interface PredictionQuery {
  path: string;
  given: GivenInput;
  outputs: string[] | null;
}

/** A tensor, or a list of them. */
export type OutputValue = FlatTensor | FlatTensor[];

/** One run of a model. */
export interface Prediction {
  outputs: Record<string, OutputValue>;
  labels: Record<string, (string | number)[]>;
  /** Of the run alone. */
  milliseconds: number;
  /** Whether it was the first since the model was loaded: it is slower than later ones. */
  isFirst: boolean;
  taken: Omit<TakenInput, 'feeds'>;
  changes: string[];
}
