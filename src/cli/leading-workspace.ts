// `slipway --workspace D VERB …`: what every verb takes may stand before it, too.

/** The same words with a leading `--workspace` behind the verb. They begin with the runtime and the script. */
export function withWorkspaceBehind(argv: readonly string[]): string[] {
  const [runtime = '', script = '', first = '', ...rest] = argv;
  const isAlone = first === '--workspace';
  if (!isAlone && !first.startsWith('--workspace=')) return [...argv];
  const option = isAlone ? [first, ...rest.slice(0, 1)] : [first];
  const [verb, ...words] = isAlone ? rest.slice(1) : rest;
  if (verb === undefined) return [...argv];
  // The words of `run` are those of a command from some point on; all other verbs may have verbs of their own.
  if (verb === 'run') return [runtime, script, verb, ...option, ...words];
  const end = words.indexOf('--');
  const at = end === -1 ? words.length : end;
  return [runtime, script, verb, ...words.slice(0, at), ...option, ...words.slice(at)];
}
