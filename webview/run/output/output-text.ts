// What a terminal would have shown, as plain lines.
const escapes = new RegExp(
  `${String.fromCharCode(27)}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${String.fromCharCode(7)}]*${String.fromCharCode(7)}|[@-_])`,
  'g',
);

/** Without colour codes; of a line that was drawn over itself (a progress bar), only what stood there last. */
export function plainText(raw: string): string {
  return raw
    .replace(escapes, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1).replace(/\r+$/, ''))
    .join('\n');
}
