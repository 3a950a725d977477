// What goes with a model that is one file among others.

/** What MLflow writes beside a model: its signature names the columns that go in. */
const loggedWith = 'MLmodel';

/** The file and those beside it that begin as it does: weights, golden cases; and what MLflow says of it. No other model is one. */
export function partnersOf(file: string, names: readonly string[]): string[] {
  const stem = file.replace(/\.[^.]*$/, '');
  const goesWith = (name: string): boolean =>
    name === loggedWith || (!/\.onnx$/i.test(name) && (name.startsWith(`${stem}.`) || name.startsWith(`${stem}_`)));
  return [file, ...names.filter((name) => name !== file && goesWith(name))].sort();
}
