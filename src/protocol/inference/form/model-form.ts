// What a person fills in to try a model: as the model's file tells, without running it.
import type { TensorElement } from '../tensor';
import type { Dimension } from '../value-type';
import type { LoggedSignature } from './model-origin';

/** One value of an input. `choices`: what the model itself knows of it; empty where it takes any. */
export interface FormField {
  /** Unique in the form: the input's name, with the place of a column where it has several. */
  key: string;
  label: string;
  choices: (string | number)[];
}

/** Few values, one field each, in the order of the tensor. `shape` is that of one row. */
export interface FieldsInput {
  kind: 'fields';
  name: string;
  element: TensorElement;
  shape: number[];
  fields: FormField[];
}

/** A picture. `height` and `width` are null where the model takes any. */
export interface ImageInput {
  kind: 'image';
  name: string;
  element: TensorElement;
  layout: 'NCHW' | 'NHWC';
  channels: 1 | 3 | 4;
  height: number | null;
  width: number | null;
}

/** More values than fields make sense for: JSON. `shape` is null where even the number of dimensions is open. */
export interface ValuesInput {
  kind: 'values';
  name: string;
  element: TensorElement;
  shape: Dimension[] | null;
  /** JSON that fits the shape. */
  example: string;
}

/** What cannot be given here, and why. */
export interface ClosedInput {
  kind: 'closed';
  name: string;
  reason: string;
}

export type FormInput = FieldsInput | ImageInput | ValuesInput | ClosedInput;

/** The inputs in the model's order. `signature`: of the MLmodel file beside the model; null where there is none. */
export interface ModelForm {
  inputs: FormInput[];
  signature: LoggedSignature | null;
}

/** Asked of a file; throws what `outline` throws. */
export interface FormQuestions {
  form: { input: { path: string }; answer: ModelForm; partial: never };
}
