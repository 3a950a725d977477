// The words by which names of metrics and files say that they are of data that a model is judged on.

/** In lower case. */
export const heldOutWords: ReadonlySet<string> = new Set(
  'val valid validation test tests testing eval evaluation dev holdout heldout'.split(' '),
);
