// What of a text is seen.
const visible = /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text holds a character that is seen: blanks, marks and invisible characters say nothing. */
export function saysSomething(text: string): boolean {
  return visible.test(text);
}
