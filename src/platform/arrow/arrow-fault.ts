// What is wrong with an Arrow file.

/** Its message follows the file's name. */
export class ArrowFault extends Error {}

/** Bytes that are not there, or say what cannot be. */
export function damaged(): ArrowFault {
  return new ArrowFault('it is cut off or damaged');
}

/** `codec` is how it says it is packed. */
export function decompressionFault(codec: string): ArrowFault {
  return new ArrowFault(`it is damaged: what is packed by ${codec} cannot be unpacked`);
}
