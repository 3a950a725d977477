// V8 collects when it allocates: a process that falls silent after a busy hour would hold on to that hour's memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The last resort gives pages back at once; what a usual collection frees, V8 keeps for half a minute and more. */
const thoroughly = { type: 'major', execution: 'sync', flavor: 'last-resort' } as const;

let collect: ((how: typeof thoroughly) => void) | undefined;

/** Collects what nothing refers to any more and gives its pages back. Takes some milliseconds for each ten megabytes in use. */
export function giveMemoryBack(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as typeof collect;
  }
  collect?.(thoroughly);
}
