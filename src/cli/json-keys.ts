// JSON of the command line has one style of names; results of the engine's work have TypeScript's.

/** The same value with the keys of all its objects in snake_case; texts and numbers are as they are. */
export function jsonKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      jsonKeys(each),
    ]),
  );
}
