// Tags of runs: which of them are the user's, and how one is typed.

/** The tag that holds a run's note, in Markdown; MLflow shows the same one as its description. */
export const noteTag = 'mlflow.note.content';

/** The tag of a child run that holds the id of the run below which it was begun, as MLflow's clients set it. */
export const parentTag = 'mlflow.parentRunId';

/** The tag that says why a run began although its data fail their contract. */
export const overrideTag = 'slipway.override';

/** The tag that says why a run began although nobody could check its data. */
export const uncheckedTag = 'slipway.unchecked';

/** A tag's value, and so a note, has at most this many characters: a client's is cut, a person's refused. */
export const longestTagValue = 8000;

/** A row shows so many of a run's own tags, and of each value so many characters. */
export const shownTags = { most: 10, valueLength: 80 };

/** True for a tag that people or scripts set; MLflow and Slipway keep what begins with their names for themselves. */
export function isOwnTag({ key }: { key: string }): boolean {
  return !key.startsWith('mlflow.') && !key.startsWith('slipway.');
}

/** The tag that `key=value`, or a key alone, says; undefined without a key. */
export function typedTag(text: string): { key: string; value: string } | undefined {
  const equals = text.indexOf('=');
  const key = (equals === -1 ? text : text.slice(0, equals)).trim();
  return key === '' ? undefined : { key, value: equals === -1 ? '' : text.slice(equals + 1).trim() };
}
