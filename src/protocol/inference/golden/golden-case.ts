// A golden case: an input of a model, what it has to answer, and how near.

/** How an output is held against what is expected. */
export const goldenModes = ['close', 'argmax', 'top-k', 'cosine'] as const;
export type GoldenMode = (typeof goldenModes)[number];

/** `top`: how many columns count in `top-k`. `cosine`: the least similarity, from -1 to 1. */
export interface GoldenTerms {
  mode: GoldenMode;
  rtol: number;
  atol: number;
  top: number;
  cosine: number;
}

/** A case as it stands in a file. `line` and `column` count from 1; those of an ONNX test data set are 1. */
export interface GoldenCase {
  name: string;
  /** An absolute path: the file with the case, or the folder of a test data set. */
  file: string;
  line: number;
  column: number;
  terms: GoldenTerms;
}

/** Something that keeps a file's cases from being read. */
export interface GoldenProblem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** The cases of a model; a file with problems gives none. */
export interface GoldenCases {
  cases: GoldenCase[];
  problems: GoldenProblem[];
}
