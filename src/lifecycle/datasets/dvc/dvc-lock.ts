// `dvc.lock`: what the stages of a pipeline last read and wrote.
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { readDvcYaml } from './dvc-file';
import { type DvcOut, dvcEntries, outOf } from './dvc-out';

const stage = z.looseObject({ cmd: z.unknown().optional(), deps: dvcEntries, outs: dvcEntries });
/** The first form had the stages at the top. */
const lockFile = z.union([
  z.looseObject({ schema: z.string(), stages: z.record(z.string(), stage).nullish() }),
  z.record(z.string(), stage).transform((stages) => ({ schema: '1.0', stages })),
]);

/** A stage as it last ran. `command` is the shell's, each on a line; `pipeline` the folder of its dvc.yaml, absolute. */
export interface DvcStage {
  name: string;
  pipeline: string;
  command: string;
  deps: DvcOut[];
  outs: DvcOut[];
}

/** The stages of the lock file at `path`. Throws SlipwayError `invalid` with the line for one that is none of DVC's. */
export function readDvcLock(path: string): DvcStage[] {
  const { stages } = readDvcYaml(path, lockFile);
  const pipeline = dirname(path);
  return Object.entries(stages ?? {}).map(([name, { cmd, deps, outs }]) => {
    const read = (entries: z.output<typeof dvcEntries>): DvcOut[] =>
      (entries ?? []).flatMap(
        (entry) => outOf(entry, { place: resolve(pipeline, entry.path), saidBy: path, stage: name }) ?? [],
      );
    return { name, pipeline, command: commandOf(cmd), deps: read(deps), outs: read(outs) };
  });
}

function commandOf(cmd: unknown): string {
  return Array.isArray(cmd) ? cmd.map(String).join('\n') : typeof cmd === 'string' ? cmd : '';
}
