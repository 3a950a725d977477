// JSON whose numbers are those that were given.

/** Newer than the JavaScript that is promised here; without it minus zero is 0. */
const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };

/** As JSON.stringify, but minus zero stays what it is: the answer of a model is compared bit by bit. */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (Object.is(each, -0) ? (rawJSON?.('-0.0') ?? each) : each));
}
