// Limits and numbers as they are read, of texts that also stand on the command line.

/** `≥ −0.003` of `>= -0.003`. */
export function withSigns(text: string): string {
  return text
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤')
    .replace(/(^|[\s(])-(?=[\d.])/g, '$1−');
}
