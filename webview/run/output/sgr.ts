// How a terminal's text looks: the colours and marks that its codes switch on and off.

/** Colours as the codes name them (`31`, `5;208`, `2;255;0;0`), empty for the usual; `marks` are codes 1 to 9. */
export interface TextLook {
  ink: string;
  ground: string;
  marks: readonly number[];
}

/** Text without any code. */
export const plainLook: TextLook = { ink: '', ground: '', marks: [] };

const offMarks: Record<number, number[]> = { 22: [1, 2], 23: [3], 24: [4], 27: [7], 29: [9] };

/** The look after `ESC [ parameters m`. */
export function lookAfter(look: TextLook, parameters: string): TextLook {
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  let next = look;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const length = codes[at + 1] === 5 ? 2 : 4;
      const colour = codes.slice(at + 1, at + 1 + length).join(';');
      next = code === 38 ? { ...next, ink: colour } : { ...next, ground: colour };
      at += length;
    } else next = lookWith(next, code);
  }
  return next;
}

function lookWith(look: TextLook, code: number): TextLook {
  const off = offMarks[code];
  if (code === 0) return plainLook;
  if (off !== undefined) return { ...look, marks: look.marks.filter((mark) => !off.includes(mark)) };
  if (code < 10) return look.marks.includes(code) ? look : { ...look, marks: [...look.marks, code] };
  if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) return { ...look, ink: `${code}` };
  if ((code >= 40 && code < 48) || (code >= 100 && code < 108)) return { ...look, ground: `${code - 10}` };
  if (code === 39) return { ...look, ink: '' };
  return code === 49 ? { ...look, ground: '' } : look;
}
