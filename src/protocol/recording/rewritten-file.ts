// A file of metric lines is appended to; a program may write it anew all the same.

/** The sentence for the file called `name`, of which nobody knows what it held in between. */
export function rewrittenProblem(name: string): string {
  return `${name} was written anew while the command ran, so points it held before may be missing. Append to the file $SLIPWAY_METRICS names, and do not remove it.`;
}
