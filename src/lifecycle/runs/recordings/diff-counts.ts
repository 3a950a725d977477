// How much a diff changes in each file, so that nobody needs the diff itself to say so.
import type { FileChange } from '../../../protocol/run';
import { unquotedName } from './files/quoted-name';

/** Lines added and removed per file of a unified diff by git, in its order; a binary file counts none. */
export function diffCounts(diff: string): FileChange[] {
  const changes: FileChange[] = [];
  let isBody = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) {
      isBody = false;
      changes.push({ path: nameIn(/ ("?b\/.*)$/s.exec(line)?.[1]) ?? line, added: 0, removed: 0 });
      continue;
    }
    const change = changes.at(-1);
    if (change === undefined) continue;
    // Below the first hunk `+++` and `---` are changed lines like others.
    if (line.startsWith('@@ ')) isBody = true;
    else if (!isBody) change.path = nameIn(/^(?:\+\+\+|---) ("?[ab]\/.*?)\t?$/.exec(line)?.[1]) ?? change.path;
    else if (line.startsWith('+')) change.added += 1;
    else if (line.startsWith('-')) change.removed += 1;
  }
  return changes;
}

/** The name behind `b/`, or in quotes where it needs them. */
function nameIn(prefixed: string | undefined): string | undefined {
  return prefixed === undefined ? undefined : unquotedName(prefixed).slice(2);
}
