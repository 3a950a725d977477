// What stands at the end of a text.

/** The text without the characters at its end that `sign` matches, a pattern of one character. Counted back, because `/x+$/` tries each run of them anew from each of its characters: hours for a text of megabytes. */
export function withoutEnd(text: string, sign: RegExp): string {
  let end = text.length;
  while (end > 0 && sign.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
