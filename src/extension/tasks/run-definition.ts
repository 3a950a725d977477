// A recorded command as tasks.json says it, and the words of the command line that record it.
import * as z from 'zod';

/** The type of the task in tasks.json. */
export const runTaskType = 'slipway';

const pairs = z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]).transform(String));

/** `command` is the program with its arguments, one word each. Paths are relative to `cwd`, that to the folder. */
export const runDefinition = z.object({
  type: z.literal(runTaskType),
  command: z.array(z.string().min(1)).min(1),
  experiment: z.string().min(1).optional(),
  name: z.string().min(1).optional(),
  params: pairs.optional(),
  tags: pairs.optional(),
  inputs: z.array(z.string().min(1)).optional(),
  outputs: z.array(z.string().min(1)).optional(),
  cwd: z.string().optional(),
});
export type RunDefinition = z.infer<typeof runDefinition>;

/**
 * What stands behind `slipway run` for this definition; `root` is the path of the workspace, `debugged` the command that
 * a debugger is going to run with the definition's.
 */
export function runWords(definition: RunDefinition, root: string, debugged?: readonly string[]): string[] {
  const each = (option: string, values: readonly string[] = []): string[] =>
    values.map((value) => `${option}=${value}`);
  const keyed = (option: string, values: Record<string, string> = {}): string[] =>
    Object.entries(values).map(([key, value]) => `${option}=${key}=${value}`);
  return [
    `--workspace=${root}`,
    ...each('--experiment', definition.experiment === undefined ? [] : [definition.experiment]),
    ...each('--name', definition.name === undefined ? [] : [definition.name]),
    ...keyed('--param', definition.params),
    ...keyed('--tag', definition.tags),
    ...each('--input', definition.inputs),
    ...each('--output', definition.outputs),
    ...(debugged === undefined ? [] : ['--debugged', `--shown-as=${JSON.stringify(debugged)}`]),
    '--',
    ...definition.command,
  ];
}

/**
 * The same words in a form in which VS Code finds no variable of its own: it would put a path in the place of a shell's
 * `${file}`, or refuse to start a task whose variable it does not know.
 */
export function literalWords(words: readonly string[]): string[] {
  if (!words.some((word) => word.includes('${'))) return [...words];
  return [`--words=${JSON.stringify(words).replaceAll('$', '\\u0024')}`];
}
