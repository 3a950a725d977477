// What passes between the page of a model and its host when the model is tried. The user chooses other files in the host:
// a page can name none.
import type { ClassLabels } from '../outline';
import type { GivenInput, Prediction, TakenInput } from '../prediction';
import type { ModelForm } from './model-form';

/** A table whose rows can be given to the model. */
export interface ChosenTable {
  name: string;
  rows: number;
  columns: TableColumnFacts[];
}

/** What is known of a column from its first rows. `low` and `high` are null where it holds no numbers. */
export interface TableColumnFacts {
  name: string;
  /** The most frequent values of a column with few of them. */
  choices: string[];
  low: number | null;
  high: number | null;
}

/** `said`: the classes that the other model's file names. */
export interface OtherPrediction extends Prediction {
  said: ClassLabels[];
}

/** What the page asks. All but `form` and `trust` throw `forbidden` while the folder is not trusted. */
export interface TryAsks {
  form: { input: Record<string, never>; answer: ModelForm };
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
}

/** How a picture becomes numbers. Sizes are used where the model takes any. */
export interface ImageChoice {
  fit: 'stretch' | 'letterbox' | 'crop';
  order: 'RGB' | 'BGR';
  scale: 'unit' | 'imagenet' | 'signed' | 'bytes';
  height: number;
  width: number;
}
