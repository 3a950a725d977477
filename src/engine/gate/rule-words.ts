// Sentences of comparisons on the command line, in the words of a rule.

const words: readonly (readonly [RegExp, string])[] = [
  [/, or --amounts if they are amounts/g, ''],
  [/--metric rmse/g, 'metric: rmse'],
  [/--positive/g, 'positive'],
  [/--min-n/g, 'min_n of the rule'],
];

/** Such as `min_n` for `--min-n`. */
export function ruleWords(sentence: string): string {
  return words.reduce((text, [option, word]) => text.replace(option, word), sentence);
}
