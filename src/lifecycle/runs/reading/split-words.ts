// Which part of the data a name speaks of: what a model learned from, or what was held out.
import { heldOutWords } from '../../../base/held-out-words';

const training = new Set(['train', 'training']);

/** Whether one of the words, all in lower case, means data that a model learned from. */
export function isOfTraining(words: readonly string[]): boolean {
  return words.some((word) => training.has(word));
}

/** Whether one of the words, all in lower case, means data that a model is judged on. */
export function isHeldOut(words: readonly string[]): boolean {
  return words.some((word) => heldOutWords.has(word));
}
