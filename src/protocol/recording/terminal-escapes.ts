// The codes that colour a terminal and move its cursor, taken out of a text.
const introducer = String.fromCharCode(27);
const bell = String.fromCharCode(7);
const escapes = new RegExp(
  `${introducer}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${introducer}]*(?:${bell}|${introducer}\\\\)|[@-_])`,
  'g',
);

/** What is left of a text when a terminal has obeyed its codes. */
export function withoutEscapes(text: string): string {
  return text.includes(introducer) ? text.replace(escapes, '') : text;
}
