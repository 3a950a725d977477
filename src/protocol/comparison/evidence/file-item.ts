// Files that two runs wrote under the same path, those of several steps as one.
import type { OfBoth } from './prediction-evidence';

/** How a file is shown; `json` is a table where its content is one, else text. */
export type FileKind = 'image' | 'table' | 'json' | 'text' | 'other';

/** A file of one run. */
export interface SideFile {
  path: string;
  size: number;
}

/** What both have at a step; null where one has nothing. `step` is null of a file without steps. */
export interface FileStep extends OfBoth<SideFile | null> {
  step: number | null;
}

/** `name` is the path, with `*` for the step where there are several. */
export interface FileItem {
  name: string;
  kind: FileKind;
  steps: FileStep[];
}

/** Those of both sides first. `leftOut`: files beyond those that are listed. */
export interface FileItems {
  items: FileItem[];
  leftOut: number;
}

/** A file as a panel can show it; `size` is that of the whole. */
export type FilePreview = { size: number } /** `isCut`: the end is missing, so that not all of it can be drawn. */ & (
  | { kind: 'image'; mediaType: string; base64: string; isCut: boolean }
  /** The beginning, with whole lines where it is cut. */
  | { kind: 'text'; text: string; isCut: boolean }
  | { kind: 'not shown'; why: string }
);
