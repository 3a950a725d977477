// How often each class was told for each class that it was.

/** `classes`² counts, a row for each true class, one after the other. Rows without a label (−1) count nowhere. */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[] {
  const cells = new Array<number>(classes * classes).fill(0);
  for (let row = 0; row < truth.length; row += 1) {
    const [label, told] = [truth[row] ?? -1, predicted[row] ?? -1];
    if (label < 0 || told < 0) continue;
    const cell = label * classes + told;
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  return cells;
}
