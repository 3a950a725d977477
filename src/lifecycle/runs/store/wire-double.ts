// JSON has no NaN or infinity. SQLite writes every other double so that it is read back as the same one.

/** SQL for the JSON value of a double: itself, or `NaN`, `Infinity`, `-Infinity` as texts (protocol/number.ts). */
export function wireDouble(column: string, isNan: string): string {
  return `CASE WHEN ${isNan} = 1 THEN 'NaN' WHEN ${column} = 9e999 THEN 'Infinity'
    WHEN ${column} = -9e999 THEN '-Infinity' ELSE ${column} END`;
}
