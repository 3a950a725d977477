// A model as explanations see it: rows of numbers in, one number a row out.

/** `rows` row-major, `count` of them; gives `count` finite numbers. Categories are numbers that stand for them. */
export type RowPredictor = (rows: Float64Array, count: number) => Promise<Float64Array>;

/** So many rows are given to a model at once. */
export const rowsAtOnce = 8192;
