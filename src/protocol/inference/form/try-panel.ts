// What passes between the page of a model and its host when the model is tried. The user chooses other files in the host:
// a page can name none.
import type { TableFacts } from '../../datasets/table/column-facts';
import type { ClassLabels } from '../outline';
import type { GivenInput, Prediction, TakenInput } from '../prediction';
import type { ModelForm } from './model-form';
import type { LoggedSignature, OriginData, OriginRun } from './model-origin';

/** A table whose rows can be given to the model. */
export interface ChosenTable {
  name: string;
  rows: number;
  facts: TableFacts;
}

/** What the workspace knows of the training of the model, by the bytes of its file. */
export interface ModelTraining {
  run: OriginRun;
  /** Null where the run named no registered data. */
  data: TrainingData | null;
}

/** A version of a dataset that the run read, and what its columns hold. */
export interface TrainingData extends OriginData {
  /** As people call the version. */
  versionName: string;
  /** Columns that are no features: what is predicted, and what names a row. */
  apart: string[];
  /** Null where its rows cannot be read; `problem` says why then. */
  facts: TableFacts | null;
  problem: string;
  /** Of a table that nobody registered: its absolute path, whether it was written since; `dataset` is its name then. */
  file: { path: string; isChanged: boolean } | null;
}

/** What was chosen beside the form, as the host kept it. */
export interface KeptTrial {
  /** The name of the other model. */
  other: string | null;
  table: ChosenTable | null;
}

/** A picture as it was chosen, in base64. */
export interface GivenPicture {
  name: string;
  bytes: string;
}

/** `said`: the classes that the other model's file names. */
export interface OtherPrediction extends Prediction {
  said: ClassLabels[];
}

/** What the page asks. All but `form`, `training` and `trust` throw `forbidden` while the folder is not trusted. */
export interface TryAsks {
  form: { input: Record<string, never>; answer: ModelForm };
  /** Which run made the model and what its data hold, with what was logged beside it; null where nothing is known. */
  training: {
    input: Record<string, never>;
    answer: { training: ModelTraining | null; signature: LoggedSignature | null };
  };
  /** What this page had chosen before it was left. */
  kept: { input: Record<string, never>; answer: KeptTrial };
  /** The picture that was given to an input last. */
  picture: { input: { of: string }; answer: GivenPicture | null };
  keepPicture: { input: { of: string; picture: GivenPicture }; answer: null };
  /** Whether models are run here. */
  trust: { input: Record<string, never>; answer: boolean };
  takeInput: { input: { given: GivenInput }; answer: TakenInput };
  predict: { input: { given: GivenInput }; answer: Prediction };
  /** The same of the model that was chosen to stand against this one. */
  predictOther: { input: { given: GivenInput }; answer: OtherPrediction };
  /** Lets the user choose that model; its name, null when the user turned away. */
  chooseModel: { input: Record<string, never>; answer: string | null };
  /** Lets the user choose a dataset or a file; null when the user turned away. */
  chooseTable: { input: Record<string, never>; answer: ChosenTable | null };
  /** A row of the table that was chosen, from 1, by column; null is a missing value. */
  tableRow: { input: { row: number }; answer: Record<string, string | null> };
}
export type TryAsk = keyof TryAsks;

/** What is kept of a form over a reload. */
export interface TriedState {
  /** Texts of the fields by key, and JSON by the name of its input. */
  values: Record<string, string>;
  images: Record<string, ImageChoice>;
  /** The names of the pictures that were given, by input; the host keeps their bytes. */
  pictures: Record<string, string>;
  /** The row of what was pasted, or of the table that was chosen; null where neither is. From 1. */
  rows: { kind: 'pasted'; text: string; row: number } | { kind: 'table'; row: number } | null;
  /** The model that stands beside this one, or an output of it. */
  against: Against;
  /** Whether something was predicted: then it is again when the page is back. */
  isPredicted: boolean;
}

/** A form that nobody has touched. */
export const firstTrial: TriedState = {
  values: {},
  images: {},
  pictures: {},
  rows: null,
  against: { kind: 'none' },
  isPredicted: false,
};

/** What a prediction stands against. */
export type Against = { kind: 'none' } | { kind: 'output'; name: string } | { kind: 'model'; name: string };

/** How a picture becomes numbers. Sizes are used where the model takes any. */
export interface ImageChoice {
  fit: 'stretch' | 'letterbox' | 'crop';
  order: 'RGB' | 'BGR';
  scale: 'unit' | 'imagenet' | 'signed' | 'bytes';
  height: number;
  width: number;
}
